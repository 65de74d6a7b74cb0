import { type Tier, tiers } from '../../events/index.ts';
import {
  type ByTier,
  byTier,
  type ComparisonTally,
  mapPair,
  type Pair,
  type WinCounts,
} from '../../shared/comparison/index.ts';
import { computeProportion, type Proportion } from '../../shared/report/index.ts';

/** The fewest deals for a win rate: with fewer, it reflects chance more than the tier. */
export const fewestDeals = 10;

export interface TierWins extends WinCounts {
  /** The share that was won, with its 95 % interval; null if fewer deals than `fewestDeals` ended. */
  readonly rate: Proportion | null;
}

/** The deals that ended, by the tier that each model gave just before. */
export interface WinRates {
  readonly byTier: Pair<ByTier<TierWins>>;
  readonly all: TierWins;
  /** The leads of which nothing was known before their end: they are in no tier. */
  readonly unknownBefore: WinCounts;
}

const withRate = ({ won, lost }: WinCounts): TierWins => ({
  won,
  lost,
  rate: won + lost < fewestDeals ? null : computeProportion(won, won + lost),
});

const sum = (wins: ByTier<WinCounts>): WinCounts => ({
  won: tiers.reduce((total: number, tier: Tier) => total + wins[tier].won, 0),
  lost: tiers.reduce((total: number, tier: Tier) => total + wins[tier].lost, 0),
});

/** Computes the win rates by tier of both models. */
export const computeWinRates = ({ wins, endedUnknown }: ComparisonTally): WinRates => ({
  byTier: mapPair(wins, (counts) => byTier((tier) => withRate(counts[tier]))),
  // Both models have the same deals, in other tiers.
  all: withRate(sum(wins.a)),
  unknownBefore: endedUnknown,
});
