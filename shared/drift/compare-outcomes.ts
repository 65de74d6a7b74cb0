import { computeNormalQuantile, computeRanking, type Ranking } from './statistics.ts';
import type { DriftMeasure, DriftTally, OutcomeCount } from './types.ts';

/** The fewest leads with a known outcome, and winners of both months together, that can be compared. */
const fewestOutcomes = 200;
const fewestWinners = 20;

/** The part of the rate of wins by which it must change to matter, however many leads there are. */
const leastChange = 0.2;

/** The fall of the area under the ROC curve that matters, however many leads there are. */
const leastFall = 0.03;

/** The quantiles that chance exceeds in one of a hundred comparisons: in both directions, and in one. */
const [twoSided, oneSided] = [computeNormalQuantile(0.005), computeNormalQuantile(0.01)];

type Counts = readonly OutcomeCount[];
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const addUp = (counts: Counts): OutcomeCount => [
  sum(counts.map(([leads]) => leads)),
  sum(counts.map(([, won]) => won)),
];

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Returns whether a month has enough leads with a known outcome to be compared. */
export const hasOutcomes = ({ outcomes }: DriftTally): boolean => addUp(outcomes)[0] >= fewestOutcomes;

/** Returns whether the outcomes of two months can be compared. */
export const areComparable = (reference: DriftTally, current: DriftTally): boolean => {
  const [, before] = addUp(reference.outcomes);
  const [, now] = addUp(current.outcomes);
  return hasOutcomes(reference) && hasOutcomes(current) && before + now >= fewestWinners;
};

/** Compares the rates of wins by the test of two proportions. */
const compareRates = (reference: Counts, current: Counts): DriftMeasure => {
  const [n, before] = addUp(reference);
  const [m, now] = addUp(current);
  const pooled = (before + now) / (n + m);
  const noise = twoSided * Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  return {
    kind: 'base-rate',
    value: Math.abs(now / m - before / n),
    limit: Math.max((leastChange * before) / n, noise),
    text: `${percent(now / m)} of qualified leads won, ${percent(before / n)} before`,
  };
};

/** Returns bands of scores, each with a tenth of the leads of the reference or more, as the counts of both months. */
const divide = (
  reference: Counts,
  current: Counts,
): { readonly was: OutcomeCount; readonly is: OutcomeCount }[] => {
  const share = addUp(reference)[0] / 10;
  const ends: number[] = [];
  let leads = 0;
  for (const [i, [count]] of reference.entries()) {
    leads += count;
    if (leads < share) continue;
    ends.push(i + 1);
    leads = 0;
  }
  // What is left above the last band belongs to it.
  ends[Math.max(0, ends.length - 1)] = reference.length;
  return ends.map((end, i) => {
    const start = ends[i - 1] ?? 0;
    return { was: addUp(reference.slice(start, end)), is: addUp(current.slice(start, end)) };
  });
};

/**
 * Returns the expected calibration error: by bands of scores, how far the rate of wins is from that of the reference,
 * weighted by leads. If nothing changed, the difference d of a band is normal with variance p (1 − p) (1/n + 1/m), so
 * that |d| has mean σ √(2/π) and variance σ² (1 − 2/π).
 */
const compareBands = (reference: Counts, current: Counts): DriftMeasure => {
  const bands = divide(reference, current).filter(({ is: [leads] }) => leads > 0);
  const all = sum(bands.map(({ is: [leads] }) => leads));
  let value = 0;
  let mean = 0;
  let variance = 0;
  for (const {
    was: [n, before],
    is: [m, now],
  } of bands) {
    const weight = m / all;
    // Half a winner more and half a loser more, so that a band in which nobody won has some noise.
    const pooled = (before + now + 0.5) / (n + m + 1);
    const spread = pooled * (1 - pooled) * (1 / n + 1 / m);
    value += weight * Math.abs(now / m - before / n);
    mean += weight * Math.sqrt((2 * spread) / Math.PI);
    variance += weight ** 2 * spread * (1 - 2 / Math.PI);
  }
  const [n, before] = addUp(reference);
  return {
    kind: 'calibration',
    value,
    limit: Math.max((leastChange * before) / n, mean + 3 * Math.sqrt(variance)),
    text: `leads win ${percent(value)} more or less often than leads with their score did before, on average`,
  };
};

const rank = (counts: Counts): Ranking | undefined => {
  const [leads, won] = addUp(counts);
  return won < fewestWinners / 2 || leads - won < fewestWinners / 2 ? undefined : computeRanking(counts);
};

/** Compares how well scores tell winners from the others; undefined if too few won, or too few didn't. */
const compareRanking = (reference: Counts, current: Counts): DriftMeasure | undefined => {
  const [before, now] = [rank(reference), rank(current)];
  if (before === undefined || now === undefined) return undefined;
  return {
    kind: 'calibration',
    value: before.area - now.area,
    limit: Math.max(leastFall, oneSided * Math.sqrt(before.variance + now.variance)),
    text:
      `scores rank leads less well than before: a winner has the higher score in ${percent(now.area)} of pairs, ` +
      `${percent(before.area)} before`,
  };
};

/** The comparison of outcomes, and whether the scores still rank leads as well as before. */
export interface ComparedOutcomes {
  readonly measures: readonly DriftMeasure[];
  readonly ranksWorse: boolean;
}

/** Compares the outcomes of two months, which must be comparable. */
export const compareOutcomes = (reference: DriftTally, current: DriftTally): ComparedOutcomes => {
  const [before, now] = [reference.outcomes, current.outcomes];
  const ranking = compareRanking(before, now);
  return {
    measures: [
      compareRates(before, now),
      compareBands(before, now),
      ...(ranking === undefined ? [] : [ranking]),
    ],
    ranksWorse: ranking !== undefined && ranking.value > ranking.limit,
  };
};
