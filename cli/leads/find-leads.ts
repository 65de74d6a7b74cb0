import { type Stage, type Tier, tiers } from '../../events/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { createTopList } from '../../shared/top-list/index.ts';

export interface LeadFilter {
  readonly stage?: Stage;
  readonly tier?: Tier;
  readonly customers?: true;
  readonly recycled?: true;
  readonly limit: number;
}

export interface FoundLeads {
  readonly best: readonly LeadState[];
  /** The number of leads that match. */
  readonly total: number;
  /** The number of leads that would match, but are listed only on request. */
  readonly left: { readonly customers: number; readonly recycled: number };
}

const byTierAndScore = (a: LeadState, b: LeadState): number =>
  tiers.indexOf(b.tier) - tiers.indexOf(a.tier) || b.score - a.score || (a.leadId < b.leadId ? -1 : 1);

/**
 * Finds the leads to call first: by tier, then by score. Customers, and leads that sales gave back, are listed only on
 * request: nobody is to qualify them now.
 */
export const findLeads = async (
  states: AsyncIterable<LeadState>,
  { stage, tier, customers, recycled, limit }: LeadFilter,
): Promise<FoundLeads> => {
  const best = createTopList(limit, byTierAndScore);
  const left = { customers: 0, recycled: 0 };
  let total = 0;
  for await (const state of states) {
    if (stage !== undefined && state.stage !== stage) continue;
    if (tier !== undefined && state.tier !== tier) continue;
    if (state.stage === 'customer' && !customers && stage !== 'customer') left.customers++;
    else if (state.status === 'recycled' && !recycled) left.recycled++;
    else {
      total++;
      best.add(state);
    }
  }
  return { best: best.list(), total, left };
};
