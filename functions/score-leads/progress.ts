import type { Rejection } from '../../events/index.ts';
import { largestItem, sizeOf } from '../../shared/dynamodb/index.ts';
import { entrySortKey } from '../../shared/keys/index.ts';
import type { Commit } from '../../shared/lead/index.ts';
import {
  contentOf,
  type EntryContent,
  itemsOf,
  mostEvents,
  type StoredLead,
  sameContent,
} from '../../shared/ledger/index.ts';
import type { Delivery } from './deliveries.ts';
import { conflicting, tooLarge } from './rejections.ts';

/** Work in progress on one lead's deliveries. */
export interface Progress {
  /** The lead that the events name and, where that one was merged, those that it was merged into, in turn. */
  readonly path: [string, ...string[]];
  pending: readonly Delivery[];
  readonly recorded: Delivery[];
  readonly duplicates: Delivery[];
  /** What came twice in the batch, with what came first. */
  readonly copies: { first: Delivery; copy: Delivery }[];
  readonly rejected: { delivery: Delivery; rejection: Rejection }[];
  readonly tierChanges: string[];
  /** Events that came for an erased lead. */
  withheld: number;
  conflicts: number;
  /** What is stored of the last lead of the path. */
  lead: StoredLead | undefined;
  /** Most events of the next commit. */
  most: number;
}

export const beginWith = (leadId: string, deliveries: readonly Delivery[]): Progress => ({
  path: [leadId],
  pending: deliveries,
  recorded: [],
  duplicates: [],
  copies: [],
  rejected: [],
  tierChanges: [],
  withheld: 0,
  conflicts: 0,
  lead: undefined,
  most: mostEvents,
});

/** The lead in whose ledger the events are recorded. */
export const ledgerOf = ({ path }: Progress): string => path.at(-1) as string;

/** Settles a delivery whose event is there already: the same content is a duplicate, other content a conflict of ids. */
const settleAgainst = (progress: Progress, delivery: Delivery, first: EntryContent): void => {
  if (sameContent(first, contentOf(delivery.event))) progress.duplicates.push(delivery);
  else progress.rejected.push({ delivery, rejection: conflicting(delivery.event) });
};

/** Sorts out what the ledger has already. */
export const settlePresent = (progress: Progress, present: ReadonlyMap<string, EntryContent>): void => {
  progress.pending = progress.pending.filter((delivery) => {
    const stored = present.get(entrySortKey(delivery.event, ledgerOf(progress)));
    if (stored !== undefined) settleAgainst(progress, delivery, stored);
    return stored === undefined;
  });
};

/** Puts aside what says within one batch what another delivery says, too; other content is left for the ledger to judge. */
export const setCopiesAside = (progress: Progress): void => {
  const seen = new Map<string, Delivery>();
  progress.pending = progress.pending.filter((delivery) => {
    const key = entrySortKey(delivery.event);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, delivery);
      return true;
    }
    const isCopy = sameContent(contentOf(first.event), contentOf(delivery.event));
    if (isCopy) progress.copies.push({ first, copy: delivery });
    return !isCopy;
  });
};

/**
 * A copy ends as what it is a copy of. Were it a duplicate whatever became of that, two workers that have the same two
 * messages, each in its order, could take one away each, with neither of them recorded.
 */
export const settleCopies = (progress: Progress): void => {
  for (const { first, copy } of progress.copies) {
    const rejected = progress.rejected.find(({ delivery }) => delivery === first);
    if (progress.pending.includes(first)) progress.pending = [...progress.pending, copy];
    else if (rejected !== undefined) progress.rejected.push({ ...rejected, delivery: copy });
    else progress.duplicates.push(copy);
  }
};

export const settleAppended = (
  progress: Progress,
  chunk: readonly Delivery[],
  { state, entries }: Commit,
  head: string,
): void => {
  progress.recorded.push(...chunk);
  progress.lead = { ...state, head };
  progress.pending = progress.pending.slice(chunk.length);
  for (const entry of entries) {
    if (entry.kind === 'withheld') progress.withheld++;
    if (entry.kind !== 'decided') continue;
    for (const change of entry.decided.changes) {
      if (change.type === 'LeadTierChanged') progress.tierChanges.push(`${change.from}-${change.to}`);
    }
  }
};

/** The first entry of a commit that is larger than an item may be. */
const findLargeEntry = (commit: Commit): { index: number; rejection: Rejection } | undefined => {
  for (const [index, item] of itemsOf(commit).entries.entries()) {
    const bytes = sizeOf(item);
    if (bytes > largestItem) return { index, rejection: tooLarge('the ledger entry of the event', bytes) };
  }
  return undefined;
};

export const reject = (progress: Progress, delivery: Delivery, rejection: Rejection): void => {
  progress.rejected.push({ delivery, rejection });
  progress.pending = progress.pending.filter((other) => other !== delivery);
};

/** Puts aside what makes an item too large, and says whether it did: then the commit must be decided anew. */
export const settleTooLarge = (progress: Progress, chunk: readonly Delivery[], commit: Commit): boolean => {
  const entry = findLargeEntry(commit);
  if (entry !== undefined) {
    reject(progress, chunk[entry.index] as Delivery, entry.rejection);
    return true;
  }
  const bytes = sizeOf(itemsOf(commit).state);
  if (bytes <= largestItem) return false;
  // One event at a time from here on, so that the one which tips the state over is the one put aside.
  if (chunk.length > 1) progress.most = 1;
  else reject(progress, chunk[0] as Delivery, tooLarge('the state of the lead with this event', bytes));
  return true;
};
