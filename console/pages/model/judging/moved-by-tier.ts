import { type Tier, tiers } from '../../../../events/index.ts';
import type { ByTier } from '../../../../shared/comparison/index.ts';

/** The leads of a tier that were compared, and those of them that have another tier by the second model. */
export interface MovedOfTier {
  readonly tier: Tier;
  readonly compared: number;
  readonly moved: number;
}

/**
 * Counts the leads that change their tier, by the tier by the first model, the best first. Tiers without leads are left
 * out. Of a sample, that says more than a sum: each tier has its part in a sample, however many leads it has.
 */
export const countMovedByTier = (flows: ByTier<ByTier<number>>): readonly MovedOfTier[] =>
  tiers
    .toReversed()
    .map((tier) => {
      const compared = tiers.reduce((sum, to) => sum + flows[tier][to], 0);
      return { tier, compared, moved: compared - flows[tier][tier] };
    })
    .filter(({ compared }) => compared > 0);
