import { type Direction, type Tier, tiers } from '../../events/index.ts';
import type { ModelDocument } from '../scoring/index.ts';

type Bounds = ModelDocument['tiers'];

const rank = (tier: Tier): number => tiers.indexOf(tier);

const boundOf = (bounds: Bounds, tier: Tier): number => (tier === 'none' ? 0 : bounds[tier]);

const highest = (allowed: (tier: Tier) => boolean): Tier =>
  tiers.reduce<Tier>((best, tier) => (allowed(tier) ? tier : best), 'none');

/**
 * Returns the tier of a score, given the tier before. A bound that is reached counts at once. A tier is lost only if
 * the score falls below its bound by more than the hysteresis, so that a score that wavers around a bound doesn't start
 * and stop automations.
 *
 * @param score 0 to 100
 * @example computeTier({ excellent: 80, good: 60, risky: 25, hysteresis: 5 }, 57, 'good') // 'good'
 */
export const computeTier = (bounds: Bounds, score: number, before: Tier): Tier => {
  const reached = highest((tier) => score >= boundOf(bounds, tier));
  const retained = highest(
    (tier) => rank(tier) <= rank(before) && score >= boundOf(bounds, tier) - bounds.hysteresis,
  );
  return rank(retained) > rank(reached) ? retained : reached;
};

export const computeDirection = (from: Tier, to: Tier): Direction => (rank(to) > rank(from) ? 'up' : 'down');
