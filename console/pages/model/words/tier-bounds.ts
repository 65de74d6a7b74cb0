import { type Tier, tiers } from '../../../../events/index.ts';
import type { ModelDocument } from '../../../../shared/scoring/index.ts';

interface Bound {
  readonly tier: Tier;
  readonly from: number;
  /** The bound of the next better tier; undefined for the best. */
  readonly below: number | undefined;
}

/** Lists the tiers with their bounds, the best first. */
export const listBounds = (document: Pick<ModelDocument, 'tiers'>): Bound[] => {
  const from = (tier: Tier | undefined): number | undefined =>
    tier === undefined ? undefined : tier === 'none' ? 0 : document.tiers[tier];
  return tiers
    .map((tier, rank) => ({ tier, from: from(tier) ?? 0, below: from(tiers[rank + 1]) }))
    .toReversed();
};
