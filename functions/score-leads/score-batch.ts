import { UnreadableItemError } from '../../shared/dynamodb/index.ts';
import {
  errorFields,
  hashReference,
  inParallel,
  logger,
  withCorrelation,
} from '../../shared/lambda/index.ts';
import { isClosed } from '../../shared/lead/index.ts';
import type { StoredLead } from '../../shared/ledger/index.ts';
import type { ActiveModels } from '../../shared/model-store/index.ts';
import type { Wait } from '../../shared/retry/index.ts';
import { type Batch, correlationOf, type Delivery, type RejectedDelivery } from './deliveries.ts';
import { withOutcome } from './outcomes.ts';
import {
  atOnce,
  type QuarantineRejectedDeps,
  quarantineRejected,
  redactDuplicates,
} from './quarantine-rejected.ts';
import { loadLead } from './redirections.ts';
import { type ScoredLead, scoreLead } from './score-lead.ts';

export interface ScoreBatchDeps extends QuarantineRejectedDeps {
  /** The models in use. They are stored beside the ledgers that name them before any lead is judged. */
  readonly models: ActiveModels;
  readonly wait: Wait;
}

export interface ScoredBatch {
  readonly leads: readonly ScoredLead[];
  readonly quarantined: readonly RejectedDelivery[];
  /** The ids of the messages to retry. */
  readonly failed: readonly string[];
}

const listRejected = ({ outcomes }: ScoredLead): RejectedDelivery[] =>
  withOutcome(outcomes, 'rejected').map(([delivery, { rejection }]) => ({ ...delivery, rejection }));

const listFailed = ({ outcomes }: ScoredLead): string[] =>
  withOutcome(outcomes, 'failed').map(([{ messageId }]) => messageId);

/**
 * Returns the duplicates that an earlier delivery may have left in the quarantine, of a lead that is closed or could
 * not be read.
 */
const duplicatesToCheck = ({ lead, outcomes, failure }: ScoredLead): Delivery[] => {
  const isOpen = lead === undefined ? failure === undefined : !isClosed(lead);
  if (isOpen) return [];
  const duplicates = withOutcome(outcomes, 'duplicate').map(([delivery]) => delivery);
  return duplicates.filter(({ again }) => again);
};

const reportFailure = (leadId: string, { outcomes, failure }: ScoredLead): void => {
  if (failure === undefined) return;
  logger.error('lead failed; its unsettled events will be retried', {
    lead: hashReference(leadId),
    events: withOutcome(outcomes, 'failed').length,
    ...errorFields(failure.error),
  });
};

/** Reads the leads of a batch together, or one by one if one of them can't be read, so that only that one fails. */
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
    return (leadId) => loadLead(ledger, leadId);
  }
};

/** Scores a batch, leads side by side. A lead or an event that fails delays no other. */
export const scoreBatch = async (deps: ScoreBatchDeps, batch: Batch): Promise<ScoredBatch> => {
  await deps.models.current();
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
  const rejected = [...batch.rejected, ...leads.flatMap(listRejected)];
  const { quarantined, failed } = await quarantineRejected(deps, rejected);
  const notRedacted = await redactDuplicates(deps, leads.flatMap(duplicatesToCheck));
  return { leads, quarantined, failed: [...failed, ...leads.flatMap(listFailed), ...notRedacted] };
};
