import type { Rejection } from '../../events/index.ts';
import { largestItem, measureItem } from '../../shared/dynamodb/index.ts';
import { entrySortKey } from '../../shared/keys/index.ts';
import {
  type Commit,
  decideAll,
  erase,
  type JudgedEvent,
  type LeadState,
  type Merging,
  merge,
  redact,
  type Subject,
} from '../../shared/lead/index.ts';
import { buildContent, type Ledger, type PreparedCommit, prepareCommit } from '../../shared/ledger/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import type { Delivery } from './deliveries.ts';
import { findSurvivor, loadLead, type Survivor } from './redirections.ts';
import { mergeCycle, mergeWithErased, tooLarge, unknownLead } from './rejections.ts';

export interface PlanDeps {
  readonly ledger: Ledger;
  readonly model: ScoringModel;
}

/** The next transaction of a lead. */
export interface CommitPlan {
  readonly kind: 'commit';
  /** The deliveries of the commit's entries, in their order: the first of those that are pending. */
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

/** The result if the lead was changed since it was read, so that it has to be read and planned again. */
interface OutdatedPlan {
  readonly kind: 'outdated';
}

export type Plan = CommitPlan | NoCommitPlan | OutdatedPlan;

/** The most bytes of events in one commit. A transaction takes 4 MB, so this leaves room for keys and the state. */
const mostBytes = 3 * 1024 * 1024;

/** Returns the size in bytes of a delivery's event in its ledger entry, without the decision. */
const measureDelivery = ({ event }: Delivery): number => Buffer.byteLength(buildContent(event).detail);

const isMerging = ({ event }: Delivery): boolean => event.type === 'LeadsMerged';
const isErasure = ({ event }: Delivery): boolean => event.type === 'LeadErasureRequested';
const isPlain = (delivery: Delivery): boolean => !isMerging(delivery) && !isErasure(delivery);

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

/** Prepares a commit, and rejects the event that makes an item larger than DynamoDB takes. */
const planWrite = (deliveries: readonly [Delivery, ...Delivery[]], commit: Commit, other?: Commit): Plan => {
  const prepared = prepareCommit(commit);
  for (const [i, item] of prepared.items.entries.entries()) {
    const bytes = measureItem(item);
    if (bytes > largestItem)
      return planRejection(deliveries[i] as Delivery, tooLarge('the ledger entry of the event', bytes));
  }
  const bytes = measureItem(prepared.items.state);
  if (bytes > largestItem) {
    if (deliveries.length > 1) return { kind: 'too-many' };
    return planRejection(deliveries[0], tooLarge('the state of the lead with this event', bytes));
  }
  return { kind: 'commit', deliveries, prepared, other: other && prepareCommit(other) };
};

const isErased = ({ before }: Survivor): boolean => before?.status === 'erased';
const isOpen = (lead: Survivor): lead is Survivor & Subject<LeadState> => !isErased(lead);

const planMerge = async (
  { ledger, model }: PlanDeps,
  survivor: Survivor,
  delivery: Delivery,
  event: Merging,
): Promise<Plan> => {
  const { mergedLeadId } = event.data;
  const isCycle = mergedLeadId === survivor.leadId || survivor.mergedFrom.includes(mergedLeadId);
  if (isCycle) return planRejection(delivery, mergeCycle(event));
  const merged = await findSurvivor(ledger, mergedLeadId);
  if (isOpen(survivor) && isOpen(merged)) {
    const commits = merge(model, survivor, merged, event);
    return planWrite([delivery], commits.survivor, commits.merged);
  }
  if (survivor.before?.status === 'erased' && survivor.leadId === merged.leadId)
    return planWrite([delivery], redact(survivor.before, [event]));
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
  if (event.type === 'LeadErasureRequested') return planWrite([first], erase(survivor, event));
  // A rescoring can't create a lead.
  if (event.type === 'LeadRescoreRequested' && before === undefined)
    return planRejection(first, unknownLead(event.data.leadId));
  const deliveries = takePlain(pending, most) as [Delivery, ...Delivery[]];
  const events = deliveries.map((delivery) => delivery.event);
  const commit =
    before?.status === 'erased'
      ? redact(before, events)
      : decideAll(deps.model, before, events as [JudgedEvent, ...JudgedEvent[]]);
  return planWrite(deliveries, commit);
};
