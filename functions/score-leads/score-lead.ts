import { type Change, isClosed } from '../../shared/lead/index.ts';
import type { StoredLead } from '../../shared/ledger/index.ts';
import type { ActiveModels, ModelsInUse } from '../../shared/model-store/index.ts';
import { fullJitter, type Wait } from '../../shared/retry/index.ts';
import type { Delivery } from './deliveries.ts';
import { type Outcomes, settleCopies } from './outcomes.ts';
import { type PlanDeps, planCommit } from './plan-commit.ts';
import {
  beginRecording,
  settleAppended,
  settleConflict,
  settleFailed,
  settleIdle,
  settlePresent,
  settleUncommitted,
  withLead,
} from './recording.ts';
import { followRedirection, loadLead } from './redirections.ts';
import { isLeftOut } from './rescoring-first.ts';

export interface ScoreLeadDeps extends Omit<PlanDeps, 'models'> {
  readonly models: ActiveModels;
  readonly wait: Wait;
}

export interface ScoredLead {
  readonly outcomes: Outcomes;
  /** The lead as it was last read or written. */
  readonly lead: StoredLead | undefined;
  /** The number of times that another writer was first. */
  readonly conflicts: number;
  /** The changes of the lead that are announced. */
  readonly changes: readonly Change[];
  /** The entries by which time was advanced. */
  readonly advances: number;
  /** Whether history of the lead was settled. */
  readonly settled: boolean;
  /** The error that ended the work on the lead, if one did. */
  readonly failure: { readonly error: unknown } | undefined;
}

/**
 * Thrown if too many writers write one lead at the same time. Its messages go back to the queue and are retried later.
 */
class ConflictsExhaustedError extends Error {
  readonly code = 'CONFLICTS_EXHAUSTED';
  constructor(attempts: number) {
    super(`another writer was first ${attempts} times in a row`);
    this.name = 'ConflictsExhaustedError';
  }
}

const mostConflicts = 10;

const pauseAfter = async (conflictsInARow: number, wait: Wait): Promise<void> => {
  if (conflictsInARow === 0) return;
  if (conflictsInARow >= mostConflicts) throw new ConflictsExhaustedError(conflictsInARow);
  await wait(fullJitter(conflictsInARow));
};

/** Finds another model than this by which a request is to rescore a lead. */
const findOther = (version: string, pending: readonly Delivery[]): string | undefined =>
  pending.flatMap(({ event }) =>
    event.type === 'LeadRescoreRequested' && event.data.modelVersion !== version
      ? event.data.modelVersion
      : [],
  )[0];

/**
 * Returns the models by which a lead is judged. If another one than is known here has judged it, or is to rescore it,
 * they are read again: that one may be the newer.
 */
const chooseModels = async (
  models: ActiveModels,
  before: StoredLead | undefined,
  pending: readonly Delivery[],
): Promise<ModelsInUse> => {
  const known = await models.current();
  const { version } = known.active;
  const other = findOther(version, pending);
  if (other !== undefined) return models.refreshedFor(other);
  const isKnown = before === undefined || isClosed(before) || before.modelVersion === version;
  return isKnown ? known : models.refreshed();
};

const eventsOf = (deliveries: readonly Delivery[]) => deliveries.map(({ event }) => event);

/**
 * Records the deliveries of one lead: loads it, plans a commit of the first that are pending, appends it, settles its
 * result, and so on until nothing is pending. A failure leaves the outcomes before it as they are.
 *
 * @param load reads the stored lead; if that fails, this lead alone fails
 */
export const scoreLead = async (
  deps: ScoreLeadDeps,
  leadId: string,
  deliveries: readonly Delivery[],
  load: () => Promise<StoredLead | undefined>,
): Promise<ScoredLead> => {
  const { ledger, wait } = deps;
  let recording = beginRecording(leadId, deliveries);
  try {
    // A cancelled transaction costs its write units too, so events that may be recorded already are looked up first.
    const again = recording.pending.filter((delivery) => delivery.again);
    if (again.length > 0) recording = settlePresent(recording, await ledger.find(leadId, eventsOf(again)));
    recording = withLead(recording, await load());
    while (recording.pending.length > 0) {
      const { lead, pending, most } = recording;
      const { before } = lead;
      if (before?.status === 'merged') {
        recording = settlePresent(recording, await ledger.find(lead.leadId, eventsOf(pending)));
        recording = { ...recording, lead: await followRedirection(ledger, lead, before.mergedInto) };
        continue;
      }
      const models = await chooseModels(deps.models, before, pending);
      // Those behind an event that is still to be judged are looked at when it is their turn.
      const [first] = pending;
      const leftOut =
        first !== undefined && isLeftOut(models, first.event, before)
          ? first
          : pending.find(({ event }) => isLeftOut(models, event, undefined));
      if (leftOut !== undefined) {
        recording = settleIdle(recording, leftOut);
        continue;
      }
      const plan = await planCommit({ ...deps, models }, { ...lead, before }, pending, most);
      if (plan.kind === 'rejected' || plan.kind === 'too-many') {
        recording = settleUncommitted(recording, plan);
        continue;
      }
      if (plan.kind === 'idle') {
        recording = settleIdle(recording, plan.delivery);
        continue;
      }
      if (plan.kind === 'rearm') {
        const isRearmed = await ledger.rearm(plan.lead, plan.dueAt, deps.now());
        recording = isRearmed ? settleIdle(recording, plan.delivery) : settleConflict(recording);
        if (isRearmed) continue;
      } else if (plan.kind === 'commit') {
        const appended = await ledger.append(plan.prepared, plan.other);
        recording = settleAppended(recording, plan, appended);
        if (appended.kind === 'appended') continue;
      } else recording = settleConflict(recording);
      recording = withLead(recording, await loadLead(ledger, lead.leadId));
      await pauseAfter(recording.conflictsInARow, wait);
    }
  } catch (error) {
    recording = settleFailed(recording, error);
  }
  const { lead, outcomes, copies, conflicts, changes, advances, settled, failure } = recording;
  return {
    outcomes: settleCopies(outcomes, copies),
    lead: lead.before,
    conflicts,
    changes,
    advances,
    settled,
    failure,
  };
};
