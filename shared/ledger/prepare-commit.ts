import type { Item } from '../dynamodb/index.ts';
import { leadKey } from '../keys/index.ts';
import type { Commit } from '../lead/index.ts';
import { hashItem } from './chain.ts';
import { entryItem } from './entry-items.ts';
import { dueAttributes, shadowAttribute, stateItem } from './state-items.ts';

/** The items that a commit writes. */
interface CommitItems {
  readonly state: Item;
  /** In the order of the commit. */
  readonly entries: readonly Item[];
}

/**
 * A commit with the items that it writes. Preparing draws a random salt for each entry, so only a prepared commit has
 * known hashes: to measure it, write it and continue its chain, use the same value.
 */
export interface PreparedCommit<Of extends Commit = Commit> {
  readonly commit: Of;
  readonly items: CommitItems;
  /** The hash of the last entry, in base64, to which the next commit of the lead is chained. */
  readonly head: string;
}

/**
 * Returns a commit with the items that it writes. Each call draws new salts, and so gives another head.
 *
 * @example
 * const prepared = prepareCommit(decideAll(model, before, [event], now));
 * const appended = await ledger.append(prepared);
 */
export const prepareCommit = <Of extends Commit>(commit: Of): PreparedCommit<Of> => {
  const { leadId, basedOn, state, entries } = commit;
  let head = basedOn.head;
  const items = entries.map((entry, ordinal) => {
    const item = entryItem({ leadId, version: state.version, ordinal, prev: head }, entry);
    head = hashItem(item);
    return item;
  });
  const beside = {
    ...dueAttributes(leadKey(leadId), commit, commit.committedAt),
    ...shadowAttribute(commit),
  };
  return { commit, items: { state: { ...stateItem(state, head), ...beside }, entries: items }, head };
};
