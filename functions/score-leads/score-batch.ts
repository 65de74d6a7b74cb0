import { UnreadableItemError } from '../../shared/dynamodb/index.ts';
import { errorFields, inParallel, logger, referenceTo, withCorrelation } from '../../shared/lambda/index.ts';
import { isClosed } from '../../shared/lead/index.ts';
import type { StoredLead } from '../../shared/ledger/index.ts';
import type { Wait } from '../../shared/retry/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { atOnce } from './at-once.ts';
import { type Batch, correlationOf, type Delivery, type RejectedDelivery } from './deliveries.ts';
import { type KeepDeps, keepRejected, withholdDuplicates } from './keep-rejected.ts';
import { type ScoredLead, scoreLead } from './score-lead.ts';

export interface ScoreBatchDeps extends KeepDeps {
  readonly model: ScoringModel;
  /** Sees to it that the model is kept with the ledgers that name it; done before anything is judged by it. */
  readonly keepModel: () => Promise<void>;
  readonly wait: Wait;
}

export interface ScoredBatch {
  readonly leads: readonly ScoredLead[];
  readonly quarantined: readonly RejectedDelivery[];
  /** Messages that have to come again. */
  readonly failed: readonly string[];
}

const rejectedOf = ({ rejected }: ScoredLead): RejectedDelivery[] =>
  rejected.map(({ delivery: { messageId, body }, rejection }) => ({ messageId, body, rejection }));

const reportFailure = (leadId: string, { failed }: ScoredLead): void => {
  if (failed === undefined) return;
  logger.error('lead failed and its events will come again', {
    lead: referenceTo(leadId),
    events: failed.deliveries.length,
    ...errorFields(failed.error),
  });
};

/** A way to each lead's state: one read for all, or, where that fails, one a lead, so that one that can't be read fails alone. */
const stateLoader = async (
  { ledger }: ScoreBatchDeps,
  leadIds: readonly string[],
): Promise<(leadId: string) => Promise<StoredLead | undefined>> => {
  if (leadIds.length === 0) return async () => undefined;
  try {
    const states = await ledger.load(leadIds);
    return async (leadId) => states.get(leadId);
  } catch (error) {
    // Anything else, such as throttling, would only get worse by asking again for each.
    if (!(error instanceof UnreadableItemError)) throw error;
    logger.warn('states could not be read at once; reading them one by one', errorFields(error));
    return async (leadId) => (await ledger.load([leadId])).get(leadId);
  }
};

/** Scores a batch, leads side by side. A lead or an event that fails delays no other. */
export const scoreBatch = async (deps: ScoreBatchDeps, batch: Batch): Promise<ScoredBatch> => {
  await deps.keepModel();
  const load = await stateLoader(deps, [...batch.byLead.keys()]);
  const leads: ScoredLead[] = [];
  await inParallel([...batch.byLead], atOnce, async ([leadId, deliveries]: [string, readonly Delivery[]]) => {
    await withCorrelation(
      () => deliveries.map(correlationOf),
      async () => {
        const scored = await scoreLead(deps, leadId, deliveries, () => load(leadId));
        reportFailure(leadId, scored);
        leads.push(scored);
      },
    );
  });
  const { kept, failed } = await keepRejected(deps, [...batch.rejected, ...leads.flatMap(rejectedOf)]);
  const undone = leads.flatMap(({ failed }) => failed?.deliveries.map(({ messageId }) => messageId) ?? []);
  const ofClosed = leads.filter(({ lead }) => lead !== undefined && isClosed(lead));
  const unsure = await withholdDuplicates(
    deps,
    ofClosed.flatMap(({ duplicates }) => duplicates).filter(({ again }) => again),
  );
  return { leads, quarantined: kept, failed: [...failed, ...undone, ...unsure] };
};
