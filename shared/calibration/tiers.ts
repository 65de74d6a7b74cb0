import type { Thresholds } from './document/build-document.ts';
import { clamp, computeLowerBound, quantileOf } from './math.ts';
import { drawTimes, type Random } from './random.ts';
import type { TierTargets } from './types.ts';

const tiersDown = ['excellent', 'good', 'risky'] as const;
type Tier = (typeof tiersDown)[number];

/** Leads and successes by whole score, 0 to 100. */
interface Histogram {
  readonly leads: Float64Array;
  readonly successes: Float64Array;
}

const countByScore = (scores: Float64Array, outcomes: Uint8Array, times?: Float64Array): Histogram => {
  const leads = new Float64Array(101);
  const successes = new Float64Array(101);
  for (let i = 0; i < scores.length; i++) {
    const score = clamp(Math.floor(scores[i] as number), 0, 100);
    const n = times?.[i] ?? 1;
    leads[score] = (leads[score] as number) + n;
    successes[score] = (successes[score] as number) + n * (outcomes[i] as number);
  }
  return { leads, successes };
};

/** The fewest leads of which a rate is taken. */
const fewestLeads = 50;

/**
 * Returns the lowest score from which leads succeed at a rate: tested from the top down in a fixed order, beginning with
 * the first 50 leads, as long as the bound of the rate holds. The order doesn't come from the outcomes, so the error of the
 * whole is that of one test (fixed-sequence testing; Angelopoulos and others, Learn then Test, 2022).
 *
 * @param bound the lower bound of a rate that has to reach the target
 */
const findThreshold = (
  { leads, successes }: Histogram,
  target: number,
  bound: (successes: number, leads: number) => number,
): number | undefined => {
  let [count, won] = [0, 0];
  let found: number | undefined;
  for (let score = 100; score > 0; score--) {
    count += leads[score] as number;
    won += successes[score] as number;
    if (count < fewestLeads) continue;
    if (bound(won, count) < target) return found;
    found = score;
  }
  return found;
};

/**
 * Returns the rate that is so many times as good as usual: successes so many times as often, or failures as many times as
 * rare, whichever is less. The rate of success can't be three times the usual one where that is 40 %.
 */
const computeTarget = (base: number, times: number): number =>
  times <= 1 ? base * times : Math.min(base * times, 1 - (1 - base) / times);

/** The shares of leads above a threshold that no lead bears out. */
const shares: Readonly<Record<Tier, number>> = { excellent: 0.05, good: 0.2, risky: 0.5 };

export interface FoundThreshold {
  readonly tier: Tier;
  readonly from: number;
  /** The multiple of the usual rate that is asked for, the rate that was tested, and the usual one. */
  readonly target: number;
  readonly rate: number;
  readonly usual: number;
  readonly supported: boolean;
  readonly interval: readonly [number, number] | undefined;
}

/** Fewer draws of many leads: their interval is narrow, and as sure. */
const countDraws = (leads: number): number => Math.round(clamp(2e6 / leads, 100, 500));

/** Draws where a threshold would be if other leads had come. */
const drawInterval = (
  scores: Float64Array,
  outcomes: Uint8Array,
  target: number,
  random: Random,
): readonly [number, number] => {
  const times = new Float64Array(scores.length);
  const drawn = Float64Array.from({ length: countDraws(scores.length) }, () => {
    for (let i = 0; i < times.length; i++) times[i] = drawTimes(random);
    const histogram = countByScore(scores, outcomes, times);
    return findThreshold(histogram, target, computeLowerBound) ?? 100;
  }).sort();
  return [quantileOf(drawn, 0.05), quantileOf(drawn, 0.95)];
};

/**
 * Makes thresholds whole numbers, each above the next, which some leads reach and some don't. If leads bear out several
 * tiers from the same score, they are in the highest of them, and the others begin below it.
 *
 * @param least the least score of a lead
 * @param most the greatest score of a lead
 */
export const orderThresholds = (
  { excellent, good, risky }: Thresholds,
  least: number,
  most: number,
): Thresholds => {
  const top = Math.max(3, Math.floor(most));
  const bottom = Math.min(Math.floor(least) + 1, top - 2);
  const highest = clamp(Math.round(excellent), bottom + 2, top);
  const middle = clamp(Math.round(good), bottom + 1, highest - 1);
  return { excellent: highest, good: middle, risky: clamp(Math.round(risky), bottom, middle - 1) };
};

/**
 * Finds the scores at which tiers begin, by outcomes that the scores weren't learnt from: the lower bound of 95 % of the
 * rate of success reaches a multiple of the usual one. A threshold that no leads bear out is set by their share instead.
 */
export const findThresholds = (
  scores: Float64Array,
  outcomes: Uint8Array,
  targets: TierTargets,
  random: Random,
): FoundThreshold[] => {
  const base = outcomes.reduce((sum, one) => sum + one, 0) / outcomes.length;
  const histogram = countByScore(scores, outcomes);
  const sorted = scores.toSorted();
  let below = Number.NEGATIVE_INFINITY;
  const upwards = tiersDown.toReversed().map((tier): FoundThreshold => {
    const target = targets[tier];
    const rate = computeTarget(base, target);
    const found = findThreshold(histogram, rate, computeLowerBound);
    const byShare = Math.ceil(quantileOf(sorted, 1 - shares[tier]));
    // A tier that no leads bear out leaves room to the one below it.
    const half = Math.ceil((below + (sorted.at(-1) ?? 100)) / 2);
    const from = found ?? Math.max(byShare, half);
    below = from;
    return {
      tier,
      from,
      target,
      rate,
      usual: base,
      supported: found !== undefined,
      interval: found === undefined ? undefined : drawInterval(scores, outcomes, rate, random),
    };
  });
  return upwards.toReversed();
};

/**
 * Returns the threshold of other scores above which the same share of leads is: the same leads, judged anew, keep their
 * tiers as far as can be.
 */
export const translateThreshold = (from: number, scores: Float64Array, other: Float64Array): number => {
  const below = scores.reduce((count, score) => count + (score < from ? 1 : 0), 0);
  const sorted = other.toSorted();
  return below >= sorted.length ? 100 : Math.ceil(sorted[below] as number);
};
