import type { Item } from '../dynamodb/index.ts';
import type { Commit } from '../lead/index.ts';
import { hashOf } from './chain.ts';
import { entryItem } from './entry-items.ts';
import { once } from './once.ts';
import { stateItem } from './state-items.ts';

/** The items of a commit. */
export interface CommitItems {
  readonly state: Item;
  /** In the order of the commit. */
  readonly entries: readonly Item[];
  /** Hash of the last entry, in base64. */
  readonly head: string;
}

/** What a commit writes; worked out once, since it is measured before it is stored. */
export const itemsOf = once<Commit, CommitItems>(({ leadId, basedOn, state, entries }) => {
  let prev = basedOn.head;
  const items = entries.map((entry, ordinal) => {
    const item = entryItem({ leadId, version: state.version, ordinal, prev }, entry);
    prev = hashOf(item);
    return item;
  });
  return { state: stateItem(state, prev), entries: items, head: prev };
});
