import { Int32Histogram } from 'hdr-histogram-js';
import { dayMs } from '../../events/index.ts';

/** Counted in hundredths of a day, about a quarter of an hour. */
const unitMs = dayMs / 100;
export const unitsADay = dayMs / unitMs;

/** A century. What lasts longer counts as that. */
const longest = 36_525 * unitsADay;

/** What a quantile may differ by, as a share of it; up to 20.48 days it is exact to the hundredth of a day. */
export const quantileError = 1 / 1_024;

/** Whole hundredths of a day, as durations are counted and compared. */
export const unitsOf = (ms: number): number => Math.min(longest, Math.round(ms / unitMs));

/** Three figures, as far as a quantile can be trusted. */
export const daysOf = (units: number): number => Number((units / unitsADay).toPrecision(3));

/** How long something took, counted in memory that doesn't grow with what is counted: 44 KB. */
export interface Durations {
  readonly histogram: Int32Histogram;
}

export const createDurations = (): Durations => ({ histogram: new Int32Histogram(1, longest, 3) });

export const addDuration = ({ histogram }: Durations, ms: number): void => histogram.recordValue(unitsOf(ms));

/** All of several, as one. */
export const together = (parts: readonly Durations[]): Durations => {
  const sum = createDurations();
  for (const { histogram } of parts) sum.histogram.add(histogram);
  return sum;
};

export const countOf = ({ histogram }: Durations): number => histogram.totalCount;

/**
 * The least duration that `percent` of all don't exceed, in hundredths of a day: the upper end of the histogram's cell
 * that it lies in, so that comparing with it tells cells apart, exactly. 0 where there are none.
 */
export const quantileOf = ({ histogram }: Durations, percent: number): number =>
  histogram.getValueAtPercentile(percent);

/** How many took longer than `units`; exact for the end of a cell, as quantiles are. */
export const countLonger = ({ histogram }: Durations, units: number): number => {
  let count = 0;
  for (let i = histogram.countsArrayIndex(units) + 1; i < histogram.countsArrayLength; i++) {
    count += histogram.getCountAtIndex(i);
  }
  return count;
};
