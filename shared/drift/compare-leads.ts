import { computeChiSquared, computeStability } from './statistics.ts';
import type { AnswerCounts, DriftMeasure, DriftTally } from './types.ts';

/** The fewest leads of a month with which it can be compared. */
export const fewestLeads = 200;

/** The index from which a population has changed enough to matter, however many leads there are. */
const leastIndex = 0.1;

/** The fewest leads of both months in a bin that is compared by itself. */
const fewestOfBin = 20;

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

type Bins = readonly (readonly [reference: number, current: number])[];

/**
 * Divides the scores into about ten bins with equal shares of both months together. By the reference alone, scores that
 * it didn't have would not be told from its own.
 */
const divideScores = (reference: DriftTally, current: DriftTally): Bins => {
  const bins: [number, number][] = [[0, 0]];
  for (const [i, count] of reference.scores.entries()) {
    const last = bins.at(-1) as [number, number];
    const isFull = last[0] / reference.leads + last[1] / current.leads >= 0.2;
    const bin: [number, number] = isFull ? [0, 0] : last;
    if (isFull) bins.push(bin);
    bin[0] += count;
    bin[1] += current.scores[i] ?? 0;
  }
  return poolSmall(bins);
};

/** Joins the bins with few leads: of such a bin the index says more about chance than about leads. */
const poolSmall = (bins: Bins): Bins => {
  const isLarge = (bin: readonly number[]): boolean => sum(bin) >= fewestOfBin;
  const large = bins.filter(isLarge).toSorted((a, b) => sum(a) - sum(b));
  const small = bins.filter((bin) => !isLarge(bin));
  if (small.length === 0) return large;
  const pooled = [sum(small.map(([count]) => count)), sum(small.map(([, count]) => count))] as const;
  const [first, ...rest] = large;
  return isLarge(pooled) || first === undefined
    ? [...large, pooled]
    : [[first[0] + pooled[0], first[1] + pooled[1]], ...rest];
};

const divideAnswers = (reference: AnswerCounts, current: AnswerCounts): Bins =>
  poolSmall(
    [...new Set([...Object.keys(reference), ...Object.keys(current)])].map((name) => [
      reference[name] ?? 0,
      current[name] ?? 0,
    ]),
  );

/**
 * Returns the index of the population's stability with its limit, max(0.1, χ²(B − 1) (1/n + 1/m)): the quantile of the
 * index if nothing changed, after B. Yurdakul and J. Naranjo, Statistical properties of the population stability index,
 * Journal of Risk Model Validation 14 (2020).
 *
 * @param tail the probability with which chance alone may exceed the limit
 */
const measure = (bins: Bins, tail: number): Pick<DriftMeasure, 'value' | 'limit'> => {
  const [reference, current] = [bins.map(([count]) => count), bins.map(([, count]) => count)];
  if (bins.length < 2) return { value: 0, limit: leastIndex };
  const noise = computeChiSquared(bins.length - 1, tail) * (1 / sum(reference) + 1 / sum(current));
  return { value: computeStability(reference, current), limit: Math.max(leastIndex, noise) };
};

const formatIndex = ({ value, limit }: Pick<DriftMeasure, 'value' | 'limit'>): string =>
  `stability index ${value.toFixed(3)}, limit ${limit.toFixed(3)}`;

/** Returns what a criterion says of the most more or fewer leads than before, in words. */
const describeMove = (reference: AnswerCounts, current: AnswerCounts): string => {
  const [n, m] = [sum(Object.values(reference)), sum(Object.values(current))];
  const names = [...new Set([...Object.keys(reference), ...Object.keys(current)])].toSorted();
  const moves = names.map((name) => ({
    name,
    was: (reference[name] ?? 0) / n,
    is: (current[name] ?? 0) / m,
  }));
  const most = moves.toSorted((a, b) => Math.abs(b.is - b.was) - Math.abs(a.is - a.was))[0];
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  return most === undefined ? '' : `; "${most.name}" from ${percent(most.was)} to ${percent(most.is)}`;
};

/** Compares the scores of two months, and what applied of each criterion. */
export const compareLeads = (reference: DriftTally, current: DriftTally): DriftMeasure[] => {
  const score = measure(divideScores(reference, current), 0.01);
  const ids = Object.keys(reference.criteria).filter((id) => current.criteria[id] !== undefined);
  const criteria = ids.map((criterion): DriftMeasure => {
    const [before, now] = [reference.criteria[criterion] ?? {}, current.criteria[criterion] ?? {}];
    // All criteria together exceed their limits by chance as seldom as one does.
    const measured = measure(divideAnswers(before, now), 0.01 / ids.length);
    const text = `applies otherwise than before: ${formatIndex(measured)}${describeMove(before, now)}`;
    return { kind: 'criterion', criterion, ...measured, text };
  });
  return [
    { kind: 'score', ...score, text: `scores are distributed otherwise than before: ${formatIndex(score)}` },
    ...criteria,
  ];
};
