import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import {
  count,
  countBy,
  failures,
  invocationWithCorrelation,
  logger,
  tally,
} from '../../shared/lambda/index.ts';
import { collectCorrelations, readBatch } from './deliveries.ts';
import { type ScoreBatchDeps, type ScoredBatch, scoreBatch } from './score-batch.ts';

/** Writes the metrics and one log line of a batch: numbers only, no content of events. */
const reportBatch = (received: number, { leads, quarantined, failed }: ScoredBatch): void => {
  const settled = leads.flatMap(({ outcomes }) => [...outcomes]);
  const counts = tally(settled, ([, { kind }]) => kind);
  const recorded = settled.filter(
    ([{ event }, { kind }]) =>
      event.type !== 'LeadClockAdvanced' && (kind === 'recorded' || kind === 'redacted'),
  );
  const tierChanges = leads
    .flatMap(({ changes }) => changes)
    .filter((change) => change.type === 'LeadTierChanged');
  const totals = {
    BatchSize: received,
    LeadsScored: leads.length,
    Conflicts: leads.reduce((sum, { conflicts }) => sum + conflicts, 0),
    LeadsAdvanced: leads.reduce((sum, { advances }) => sum + advances, 0),
    LeadsSettled: leads.filter(({ settled: isSettled }) => isSettled).length,
    WakeUpsIdle: counts.get('idle') ?? 0,
    EventsRedacted: counts.get('redacted') ?? 0,
    EventsDuplicate: counts.get('duplicate') ?? 0,
    EventsQuarantined: quarantined.length,
  };
  for (const [name, value] of Object.entries(totals)) count(name as keyof typeof totals, value);
  countBy(
    'EventsRecorded',
    'type',
    tally(recorded, ([{ event }]) => event.type),
  );
  countBy(
    'EventsQuarantinedBy',
    'code',
    tally(quarantined, ({ rejection }) => rejection.code),
  );
  countBy(
    'TierChanges',
    'change',
    tally(tierChanges, ({ from, to }) => `${from}-${to}`),
  );
  logger.info('batch scored', { ...totals, recorded: recorded.length, failed: failed.length });
};

/** Scores the leads of a batch of messages. Messages that could not be processed are retried. */
export const scoreLeads =
  (deps: ScoreBatchDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> => {
    const batch = readBatch(event, deps.now());
    return invocationWithCorrelation(
      () => collectCorrelations(batch),
      async () => {
        const scored = await scoreBatch(deps, batch);
        reportBatch(event.Records.length, scored);
        return failures(scored.failed);
      },
    );
  };
