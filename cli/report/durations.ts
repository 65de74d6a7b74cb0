import { Int32Histogram } from 'hdr-histogram-js';
import { dayMs } from '../../events/index.ts';

/** The unit in which durations are counted: a hundredth of a day, about a quarter of an hour. */
const unitMs = dayMs / 100;
export const unitsADay = dayMs / unitMs;

/** A century, in units. Longer durations count as a century. */
const longest = 36_525 * unitsADay;

/** The most that a quantile may be off, as a share of it; up to 20.48 days it is exact to a hundredth of a day. */
export const quantileError = 1 / 1_024;

/** Converts milliseconds to whole hundredths of a day, in which durations are counted and compared. */
export const toUnits = (ms: number): number => Math.min(longest, Math.round(ms / unitMs));

/** Converts hundredths of a day to days with three significant figures, the precision of a quantile. */
export const toDays = (units: number): number => Number((units / unitsADay).toPrecision(3));

/** A histogram of durations, in memory that doesn't grow with their number: 44 KB. */
export interface Durations {
  readonly histogram: Int32Histogram;
}

export const createDurations = (): Durations => ({ histogram: new Int32Histogram(1, longest, 3) });

export const addDuration = ({ histogram }: Durations, ms: number): void => histogram.recordValue(toUnits(ms));

/** Returns the sum of several histograms. */
export const sumDurations = (parts: readonly Durations[]): Durations => {
  const sum = createDurations();
  for (const { histogram } of parts) sum.histogram.add(histogram);
  return sum;
};

export const countOf = ({ histogram }: Durations): number => histogram.totalCount;

/**
 * Returns the least duration that `percent` of all don't exceed, in hundredths of a day, and 0 without any durations.
 * It is the upper end of its cell of the histogram, so that a comparison with it separates cells exactly.
 */
export const computeQuantile = ({ histogram }: Durations, percent: number): number =>
  histogram.getValueAtPercentile(percent);

/** Returns the number of durations longer than `units`; exact if that is the end of a cell, as quantiles are. */
export const countLonger = ({ histogram }: Durations, units: number): number => {
  let count = 0;
  for (let i = histogram.countsArrayIndex(units) + 1; i < histogram.countsArrayLength; i++) {
    count += histogram.getCountAtIndex(i);
  }
  return count;
};
