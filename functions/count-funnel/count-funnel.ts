import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseAction } from '../../events/index.ts';
import {
  countLeads,
  type FunnelCounterProps,
  type FunnelStanding,
  mostLeadsCounted,
  readStanding,
} from '../../shared/funnel-counts/index.ts';
import {
  count,
  errorFields,
  failures,
  invocationWithCorrelation,
  logger,
  parseCorrelationId,
  withCorrelation,
} from '../../shared/lambda/index.ts';

export type CountFunnelDeps = FunnelCounterProps;

/** A message with the standing that it announces. */
interface Announced {
  readonly messageId: string;
  readonly standing: FunnelStanding;
}

/** Returns the standings of a batch. A message that can't be read fails, and delays no other. */
const readBatch = (records: readonly SQSRecord[]): { announced: Announced[]; failed: string[] } => {
  const announced: Announced[] = [];
  const failed: string[] = [];
  for (const { messageId, body } of records) {
    try {
      announced.push({ messageId, standing: readStanding(parseAction(JSON.parse(body))) });
    } catch (error) {
      withCorrelation(
        () => [parseCorrelationId(body)],
        () => logger.error('record failed; it will be retried', { messageId, ...errorFields(error) }),
      );
      failed.push(messageId);
    }
  }
  return { announced, failed };
};

/** Divides announcements so that each part has few enough leads, and a lead is in one part only. */
const splitByLeads = (announced: readonly Announced[]): Announced[][] => {
  const leads = [...Map.groupBy(announced, ({ standing }) => standing.leadId).values()];
  return Array.from({ length: Math.ceil(leads.length / mostLeadsCounted) }, (_, i) =>
    leads.slice(i * mostLeadsCounted, (i + 1) * mostLeadsCounted).flat(),
  );
};

/** Counts one part. Returns the messages that failed. */
const countPart = async (deps: CountFunnelDeps, part: readonly Announced[]): Promise<string[]> => {
  try {
    const result = await countLeads(
      deps,
      part.map(({ standing }) => standing),
    );
    count('FunnelMovesCounted', result.moves);
    count('FunnelMovesAlreadyCounted', result.alreadyCounted);
    count('FunnelCountConflicts', result.conflicts);
    const failed = part.filter(({ standing }) => result.unreadable.has(standing.leadId));
    if (failed.length > 0)
      logger.error('what was counted of leads can not be read', { failed: failed.length });
    return failed.map(({ messageId }) => messageId);
  } catch (error) {
    logger.error('leads were not counted; they will be retried', {
      records: part.length,
      ...errorFields(error),
    });
    return part.map(({ messageId }) => messageId);
  }
};

/**
 * Counts the leads of the funnel by stage and tier, and their moves by day, from the announcements of all changes. They
 * arrive more than once and in any order; each is counted once, and never one that is older than what was counted.
 */
export const countFunnel =
  (deps: CountFunnelDeps) =>
  ({ Records }: SQSEvent): Promise<SQSBatchResponse> =>
    invocationWithCorrelation(
      () => Records.map(({ body }) => parseCorrelationId(body)),
      async () => {
        const { announced, failed } = readBatch(Records);
        // One after the other: all of them add to the same counters.
        for (const part of splitByLeads(announced)) failed.push(...(await countPart(deps, part)));
        logger.info('records processed', { records: Records.length, failed: failed.length });
        return failures(failed);
      },
    );
