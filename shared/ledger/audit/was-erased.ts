import { type Item, UnreadableItemError } from '../../dynamodb/index.ts';
import type { Closing } from '../../lead/index.ts';
import { isErased } from '../chain.ts';
import { parseEntry } from '../entry-items.ts';
import type { Ledger } from '../ledger.ts';

export interface Erasures {
  /** Whether a lead was erased, or was merged, directly or not, into one that was. */
  wasErased(leadId: string, entries: readonly Item[]): Promise<boolean>;
}

const closingOf = (item: Item): Closing[] => {
  try {
    const entry = parseEntry(item);
    return entry.kind === 'closing' ? [entry.change] : [];
  } catch (error) {
    if (error instanceof UnreadableItemError) return [];
    throw error;
  }
};

/** How the lead ended by its ledger. The state says so too, but nothing chains that. */
const closingIn = (entries: readonly Item[]): Closing | undefined =>
  entries
    .filter((item) => item.standing === undefined && !isErased(item))
    .flatMap(closingOf)
    .at(-1);

/** Follows redirections by what is stored now: an erasure closes a lead before any of its entries is touched. */
export const createErasures = (ledger: Pick<Ledger, 'load'>): Erasures => ({
  async wasErased(leadId, entries) {
    const closing = closingIn(entries);
    if (closing?.type !== 'LeadRedirected') return closing !== undefined;
    const seen = new Set([leadId]);
    for (let at = closing.mergedInto; !seen.has(at); ) {
      seen.add(at);
      const lead = (await ledger.load([at])).get(at);
      if (lead?.status !== 'merged') return lead?.status === 'erased';
      at = lead.mergedInto;
    }
    return false;
  },
});
