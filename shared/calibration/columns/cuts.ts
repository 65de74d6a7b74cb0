import { roundCut } from './round-cut.ts';

/** A value with the number of leads that have it. */
type Counted = readonly [value: number, leads: number];

const countValues = (sorted: Float64Array): Counted[] => {
  const counted: [number, number][] = [];
  for (const value of sorted) {
    const last = counted.at(-1);
    if (last !== undefined && last[0] === value) last[1]++;
    else counted.push([value, 1]);
  }
  return counted;
};

/** A value that so large a share of leads has gets a bin of its own. */
const heavyShare = 0.05;
const mostHeavy = 5;
/** A heavy value may part the bin in whose midst it is: it can cost a bin beside its own. */
const binsOfHeavy = 2;
/** The fewest leads of a bin. */
const fewest = 30;

const findHeavy = (counted: readonly Counted[], leads: number): ReadonlySet<number> =>
  new Set(
    counted
      .filter(([, count]) => count >= heavyShare * leads && count >= fewest)
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, mostHeavy)
      .map(([value]) => value),
  );

/** The share of bins that are narrower towards the ends, where numbers lie further apart: the rest have as many leads each. */
const tapered = 0.75;

/** Returns the share of the leads that are in so large a share of the bins, from the lowest up. */
const shareUpTo = (bins: number): number =>
  (1 - tapered) * bins + (tapered * (1 - Math.cos(Math.PI * bins))) / 2;

/**
 * Divides numbers into bins: values that many leads share have a bin each, such as 0; the rest is divided into bins by
 * rank, with fewer leads towards the lowest and the greatest numbers than in the middle.
 *
 * @param known the values, in any order
 * @param most the most bins, at least 12
 * @returns the lower bounds of all bins but the first, ascending
 */
export const computeCuts = (known: Float64Array, most: number): number[] => {
  const counted = countValues(known.toSorted());
  const heavy = findHeavy(counted, known.length);
  const rest = counted.reduce((sum, [value, count]) => (heavy.has(value) ? sum : sum + count), 0);
  const regular = most - 1 - binsOfHeavy * heavy.size;
  let [passed, ends] = [0, 1];
  const cuts: number[] = [];
  let held = 0;
  let isHeavy = false;
  for (const [i, [value, count]] of counted.entries()) {
    const before = counted[i - 1]?.[0];
    const begins =
      heavy.has(value) || isHeavy
        ? held >= fewest || isHeavy
        : held >= fewest && passed >= rest * shareUpTo(ends / regular);
    if (before !== undefined && begins) {
      cuts.push(roundCut(before, value));
      held = 0;
      while (ends < regular && passed >= rest * shareUpTo(ends / regular)) ends++;
    }
    held += count;
    isHeavy = heavy.has(value);
    if (!isHeavy) passed += count;
  }
  // A last bin with too few leads joins the one before it, unless that is a value of many.
  return held < fewest && !isHeavy && !heavy.has(counted.at(-2)?.[0] ?? Number.NaN)
    ? cuts.slice(0, -1)
    : cuts;
};

/** Returns the number of cuts at or below a value: the bin that it is in. */
export const findBin = (cuts: readonly number[], value: number): number => {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cuts[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
};
