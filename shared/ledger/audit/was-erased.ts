import { type Item, UnreadableItemError } from '../../dynamodb/index.ts';
import type { Closing } from '../../lead/index.ts';
import { isErased } from '../chain.ts';
import { endsErased } from '../ends-erased.ts';
import { parseEntry } from '../entry-items.ts';
import type { Ledger } from '../ledger.ts';

export interface Erasures {
  /** Returns whether a lead was erased, or merged, directly or not, into one that was. */
  wasErased(entries: readonly Item[]): Promise<boolean>;
}

const parseClosing = (item: Item): Closing[] => {
  try {
    const entry = parseEntry(item);
    return entry.kind === 'closing' ? [entry.change] : [];
  } catch (error) {
    if (error instanceof UnreadableItemError) return [];
    throw error;
  }
};

/** Finds how a lead was closed, in its ledger: the chain doesn't protect what the state says about it. */
const findClosing = (entries: readonly Item[]): Closing | undefined =>
  entries
    .filter((item) => item.standing === undefined && !isErased(item))
    .flatMap(parseClosing)
    .at(-1);

/**
 * Creates a check that follows redirections by the states that are stored now: an erasure closes a lead before it
 * touches any of its entries.
 */
export const createErasures = (ledger: Pick<Ledger, 'load'>): Erasures => ({
  async wasErased(entries) {
    const closing = findClosing(entries);
    if (closing?.type !== 'LeadRedirected') return closing !== undefined;
    const load = async (id: string) => (await ledger.load([id])).get(id);
    return endsErased(load, closing.mergedInto);
  },
});
