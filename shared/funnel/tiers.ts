import { type Direction, type Tier, tiers } from '../../events/index.ts';
import type { ModelDocument } from '../scoring/index.ts';

type Bounds = ModelDocument['tiers'];

const rank = (tier: Tier): number => tiers.indexOf(tier);

const boundOf = (bounds: Bounds, tier: Tier): number => (tier === 'none' ? 0 : bounds[tier]);

const highest = (allowed: (tier: Tier) => boolean): Tier =>
  tiers.reduce<Tier>((best, tier) => (allowed(tier) ? tier : best), 'none');

/**
 * Returns the tier of a score, given the tier before. A bound that is reached counts at once; a tier is only lost when
 * the score falls below its bound by more than the hysteresis, so that a score that trembles around a bound
 * doesn't start and stop automations.
 */
export const tierOf = (bounds: Bounds, score: number, before: Tier): Tier => {
  const reached = highest((tier) => score >= boundOf(bounds, tier));
  const kept = highest(
    (tier) => rank(tier) <= rank(before) && score >= boundOf(bounds, tier) - bounds.hysteresis,
  );
  return rank(kept) > rank(reached) ? kept : reached;
};

export const directionOf = (from: Tier, to: Tier): Direction => (rank(to) > rank(from) ? 'up' : 'down');
