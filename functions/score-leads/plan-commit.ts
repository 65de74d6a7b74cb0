import type { Rejection } from '../../events/index.ts';
import { largestItem, measureItem } from '../../shared/dynamodb/index.ts';
import { entrySortKey } from '../../shared/keys/index.ts';
import {
  buildCommit,
  type ClockAdvance,
  type Commit,
  catchUp,
  clockEvent,
  computeRetentionEnd,
  decideAll,
  erase,
  findDue,
  isClosed,
  isOvertaken,
  type JudgedEvent,
  judgeByShadow,
  jumpTo,
  type LeadState,
  type Merging,
  merge,
  redact,
  type StoredState,
  type Subject,
} from '../../shared/lead/index.ts';
import {
  buildContent,
  type Ledger,
  mergeCycle,
  mergeWithErased,
  type PreparedCommit,
  prepareCommit,
  tooLarge,
  unknownLead,
} from '../../shared/ledger/index.ts';
import type { ModelsInUse } from '../../shared/model-store/index.ts';
import { instantOf } from '../../shared/scoring/index.ts';
import type { Delivery } from './deliveries.ts';
import { findSurvivor, loadLead, type Survivor } from './redirections.ts';
import { isRescoredFirst, rescoringOf } from './rescoring-first.ts';

export interface PlanDeps {
  readonly ledger: Ledger;
  readonly models: ModelsInUse;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The next transaction of a lead. */
export interface CommitPlan {
  readonly kind: 'commit';
  /**
   * The deliveries of the commit's entries, in their order: the first of those that are pending; none if only time is
   * advanced before them.
   */
  readonly deliveries: readonly Delivery[];
  readonly prepared: PreparedCommit;
  /** The commit of the merged lead, if the event is a merge. */
  readonly other: PreparedCommit | undefined;
}

/** The reason why there is no next transaction. */
export type NoCommitPlan =
  | { readonly kind: 'rejected'; readonly delivery: Delivery; readonly rejection: Rejection }
  /** Together the events make the lead's state too large; they have to be committed one by one. */
  | { readonly kind: 'too-many' };

/** The result of an advance of time for which nothing is due. */
interface IdlePlan {
  readonly kind: 'idle';
  readonly delivery: Delivery;
}

/** Nothing is due yet, but the lead is due at another time than stored. */
interface RearmPlan {
  readonly kind: 'rearm';
  readonly delivery: Delivery;
  readonly lead: StoredState;
  readonly dueAt: number | undefined;
}

/** The result if the lead was changed since it was read, so that it has to be read and planned again. */
interface OutdatedPlan {
  readonly kind: 'outdated';
}

export type Plan = CommitPlan | NoCommitPlan | OutdatedPlan | IdlePlan | RearmPlan;

/** The most bytes of events in one commit. A transaction takes 4 MB, so this leaves room for keys and the state. */
const mostBytes = 3 * 1024 * 1024;

/** Returns the size in bytes of a delivery's event in its ledger entry, without the decision. */
const measureDelivery = ({ event }: Delivery): number => Buffer.byteLength(buildContent(event).detail);

const isMerging = ({ event }: Delivery): boolean => event.type === 'LeadsMerged';
const isErasure = ({ event }: Delivery): boolean => event.type === 'LeadErasureRequested';
const isClock = ({ event }: Delivery): boolean => event.type === 'LeadClockAdvanced';
const isPlain = (delivery: Delivery): boolean =>
  !isMerging(delivery) && !isErasure(delivery) && !isClock(delivery);

/**
 * Returns as many plain deliveries from the front as one transaction takes, at most `most`. Two events of one identity
 * are not committed together: the ledger may have had the second before the first, and has to judge it.
 */
const takePlain = (pending: readonly Delivery[], most: number): readonly Delivery[] => {
  let bytes = 0;
  const keys = new Set<string>();
  const end = pending.findIndex((delivery, i) => {
    bytes += measureDelivery(delivery);
    const isTwin = keys.size === keys.add(entrySortKey(delivery.event)).size;
    return i > 0 && (i >= most || bytes > mostBytes || isTwin || !isPlain(delivery));
  });
  return end === -1 ? pending : pending.slice(0, end);
};

const planRejection = (delivery: Delivery, rejection: Rejection): Plan => ({
  kind: 'rejected',
  delivery,
  rejection,
});

/** Returns whether a commit only advances time or rescores the lead, before the events that wait. */
const isBeforehand = ({ entries }: Commit, [first]: readonly [Delivery, ...Delivery[]]): boolean =>
  entries[0]?.event.type !== first.event.type &&
  (entries[0]?.event.type === 'LeadClockAdvanced' || entries[0]?.event.type === 'LeadRescoreRequested');

/** Returns a commit with the standing by the shadow model, if there is such a model and the lead stays open. */
const withShadow = (
  { models: { shadow } }: PlanDeps,
  { before }: Pick<Survivor, 'before'>,
  commit: Commit,
): Commit => {
  if (shadow === undefined || isClosed(commit.state) || (before !== undefined && isClosed(before)))
    return commit;
  return { ...commit, shadow: judgeByShadow(shadow, before, commit.state) };
};

/**
 * Prepares a commit, and rejects the event that makes an item larger than DynamoDB takes. If time can't be advanced
 * before an event, since the state has no room for its instant, that event is rejected too.
 */
const planWrite = (
  deps: PlanDeps,
  lead: Pick<Survivor, 'before'>,
  pending: readonly [Delivery, ...Delivery[]],
  commit: Commit,
  other?: Commit,
): Plan => {
  const deliveries = pending.slice(0, isBeforehand(commit, pending) ? 0 : commit.entries.length);
  const prepared = prepareCommit(withShadow(deps, lead, commit));
  for (const [i, item] of prepared.items.entries.entries()) {
    const bytes = measureItem(item);
    const delivery = deliveries[i];
    if (bytes > largestItem && delivery !== undefined)
      return planRejection(delivery, tooLarge('the ledger entry of the event', bytes));
  }
  const bytes = measureItem(prepared.items.state);
  if (bytes > largestItem) {
    if (deliveries.length > 1) return { kind: 'too-many' };
    return planRejection(pending[0], tooLarge('the state of the lead with this event', bytes));
  }
  return { kind: 'commit', deliveries, prepared, other: other && prepareCommit(other) };
};

const isErased = ({ before }: Survivor): boolean => before?.status === 'erased';
const isOpen = (lead: Survivor): lead is Survivor & Subject<LeadState> => !isErased(lead);

const planMerge = async (
  deps: PlanDeps,
  survivor: Survivor,
  delivery: Delivery,
  event: Merging,
): Promise<Plan> => {
  const { ledger, models, now } = deps;
  const { mergedLeadId } = event.data;
  const isCycle = mergedLeadId === survivor.leadId || survivor.mergedFrom.includes(mergedLeadId);
  if (isCycle) return planRejection(delivery, mergeCycle(event));
  const merged = await findSurvivor(ledger, mergedLeadId);
  if (isOpen(survivor) && isOpen(merged)) {
    const commits = merge(models.active, survivor, merged, event, now());
    return planWrite(deps, survivor, [delivery], commits.survivor, commits.merged);
  }
  if (survivor.before?.status === 'erased' && survivor.leadId === merged.leadId)
    return planWrite(deps, survivor, [delivery], redact(survivor.before, [event], now()));
  // Read before the merged lead, the survivor may be one with it by now. If it is still the same, the two are not one,
  // and never will be.
  const again = isOpen(survivor) ? await loadLead(ledger, survivor.leadId) : survivor.before;
  if (again?.version !== survivor.before?.version) return { kind: 'outdated' };
  const fields = [
    ...(isErased(survivor) ? ['leadId' as const] : []),
    ...(isErased(merged) ? ['mergedLeadId' as const] : []),
  ];
  return planRejection(delivery, mergeWithErased(event, fields));
};

/**
 * Plans the rescoring of a lead before its time is advanced. Time that goes on under another model could start what the
 * activation of that model was not to start.
 */
const planRescoring = async (deps: PlanDeps, before: StoredState, delivery: Delivery): Promise<Plan> => {
  const event = await rescoringOf(deps.ledger, deps.models, before);
  return planWrite(deps, { before }, [delivery], decideAll(deps.models.active, before, [event], deps.now()));
};

/**
 * Plans what follows when time has come for a lead: the changes until now, each at its own hour; its erasure, if nothing
 * was heard of it for as long as the policy retains leads; otherwise nothing, but to be woken at another time.
 */
const planClock = async (
  deps: PlanDeps,
  lead: Survivor,
  delivery: Delivery,
  event: ClockAdvance,
): Promise<Plan> => {
  const { before } = lead;
  if (before === undefined || before.status === 'erased') return { kind: 'idle', delivery };
  const clock = deps.now();
  const isFirst = before.dueAt === undefined && event.data.first === true;
  const isDue = before.dueAt !== undefined && before.dueAt <= clock;
  if (!isFirst && !isDue) return { kind: 'idle', delivery };
  if (isDue) return planDue(deps, before, delivery, clock);
  if (isRescoredFirst(deps.models, before)) return planRescoring(deps, before, delivery);
  return planFirst(deps, before, delivery, event, clock);
};

/** Plans what follows for a lead that is due. A lead that is only to be erased isn't rescored before. */
const planDue = async (
  deps: PlanDeps,
  before: StoredState,
  delivery: Delivery,
  clock: number,
): Promise<Plan> => {
  const model = deps.models.active;
  const erasedAt = before.announced === undefined ? computeRetentionEnd(model, before.facts) : undefined;
  // A lead that is erased at an instant isn't advanced to it as well: both entries would have the same key.
  const caughtUp = catchUp(model, before, Math.min(clock, (erasedAt ?? Number.POSITIVE_INFINITY) - 1));
  if (caughtUp.entries.length > 0) {
    if (isRescoredFirst(deps.models, before)) return planRescoring(deps, before, delivery);
    return planWrite(deps, { before }, [delivery], buildCommit(model, before, caughtUp, clock));
  }
  if (erasedAt === undefined || erasedAt > clock)
    return { kind: 'rearm', delivery, lead: before, dueAt: findDue(model, before) };
  const closing = clockEvent(before.leadId, Math.max(erasedAt, instantOf(before.facts) + 1));
  return planWrite(deps, { before }, [delivery], erase({ leadId: before.leadId, before }, closing, clock));
};

/**
 * Plans the first advance of a lead from before leads had a due time: in one step to the present, unless nothing is to
 * be expected of it at all.
 */
const planFirst = (
  deps: PlanDeps,
  before: StoredState,
  delivery: Delivery,
  event: ClockAdvance,
  clock: number,
): Plan => {
  const at = Math.max(Date.parse(event.metadata.occurredAt), instantOf(before.facts));
  const model = deps.models.active;
  const commit = buildCommit(model, before, jumpTo(model, before, at), clock);
  const isChanged = commit.entries.some(({ decided }) => decided.changes.length > 0);
  return isChanged || commit.dueAt !== undefined
    ? planWrite(deps, { before }, [delivery], commit)
    : { kind: 'idle', delivery };
};

/**
 * Plans the next commit of pending deliveries. Merges and erasures are committed alone, other events together.
 *
 * @param pending at least one delivery
 * @param most the most events of the commit
 */
export const planCommit = async (
  deps: PlanDeps,
  survivor: Survivor,
  pending: readonly Delivery[],
  most: number,
): Promise<Plan> => {
  const [first] = pending as [Delivery];
  const { event } = first;
  const { before } = survivor;
  if (event.type === 'LeadsMerged') return planMerge(deps, survivor, first, event);
  if (event.type === 'LeadErasureRequested')
    return planWrite(deps, survivor, [first], erase(survivor, event, deps.now()));
  if (event.type === 'LeadClockAdvanced') return planClock(deps, survivor, first, event);
  // A rescoring can't create a lead.
  if (event.type === 'LeadRescoreRequested' && before === undefined)
    return planRejection(first, unknownLead(event.data.leadId));
  const { active } = deps.models;
  const isOpenBefore = before !== undefined && before.status !== 'erased';
  if (isOpenBefore && isRescoredFirst(deps.models, before) && isOvertaken(active, before, event))
    return planRescoring(deps, before, first);
  const deliveries = takePlain(pending, most) as [Delivery, ...Delivery[]];
  const events = deliveries.map((delivery) => delivery.event);
  const commit =
    before?.status === 'erased'
      ? redact(before, events, deps.now())
      : decideAll(active, before, events as [JudgedEvent, ...JudgedEvent[]], deps.now());
  return planWrite(deps, survivor, deliveries, commit);
};
