import { errorFields, inParallel, leadReference, logger } from '../../shared/lambda/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { type Ledger, type Quarantine, UnreadableItemError, type Wait } from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import type { Batch, Delivery, RejectedDelivery } from './deliveries.ts';
import { type ScoredLead, scoreLead } from './score-lead.ts';

export interface ScoreBatchDeps {
  readonly ledger: Ledger;
  readonly quarantine: Quarantine;
  readonly model: ScoringModel;
  readonly wait: Wait;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface ScoredBatch {
  readonly leads: readonly ScoredLead[];
  readonly quarantined: readonly RejectedDelivery[];
  /** Messages that have to come again. */
  readonly failed: readonly string[];
}

/** Transactions in flight at a time. More would only wait for each other on one connection pool. */
const width = 8;

const rejectedOf = ({ rejected }: ScoredLead): RejectedDelivery[] =>
  rejected.map(({ delivery: { messageId, body }, rejection }) => ({ messageId, body, rejection }));

const reportFailure = (leadId: string, { failed }: ScoredLead): void => {
  if (failed === undefined) return;
  logger.error('lead failed and its events will come again', {
    lead: leadReference(leadId),
    events: failed.deliveries.length,
    ...errorFields(failed.error),
  });
};

/** A way to each lead's state: one read for all, or, where that fails, one a lead, so that one that can't be read fails alone. */
const stateLoader = async (
  { ledger }: ScoreBatchDeps,
  leadIds: readonly string[],
): Promise<(leadId: string) => Promise<LeadState | undefined>> => {
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

/** Keeps what was rejected. What can't be kept fails, and comes again: nothing is dropped. */
const keepRejected = async (
  { quarantine, now }: ScoreBatchDeps,
  rejected: readonly RejectedDelivery[],
): Promise<{ kept: RejectedDelivery[]; failed: string[] }> => {
  const kept: RejectedDelivery[] = [];
  const failed: string[] = [];
  const receivedAt = new Date(now()).toISOString();
  await inParallel(rejected, width, async (delivery) => {
    const { messageId, body, rejection } = delivery;
    try {
      await quarantine.keep({ body, rejection, origin: 'bus', receivedAt });
      kept.push(delivery);
    } catch (error) {
      logger.error('event could not be quarantined and will come again', {
        messageId,
        ...errorFields(error),
      });
      failed.push(messageId);
    }
  });
  return { kept, failed };
};

/** Scores a batch, leads side by side. A lead or an event that fails delays no other. */
export const scoreBatch = async (deps: ScoreBatchDeps, batch: Batch): Promise<ScoredBatch> => {
  const load = await stateLoader(deps, [...batch.byLead.keys()]);
  const leads: ScoredLead[] = [];
  await inParallel([...batch.byLead], width, async ([leadId, deliveries]: [string, readonly Delivery[]]) => {
    const scored = await scoreLead(deps, leadId, deliveries, () => load(leadId));
    reportFailure(leadId, scored);
    leads.push(scored);
  });
  const { kept, failed } = await keepRejected(deps, [...batch.rejected, ...leads.flatMap(rejectedOf)]);
  const undone = leads.flatMap(({ failed }) => failed?.deliveries.map(({ messageId }) => messageId) ?? []);
  return { leads, quarantined: kept, failed: [...failed, ...undone] };
};
