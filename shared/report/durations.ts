import { dayMs } from '../../events/index.ts';

/** The unit in which durations are counted: a hundredth of a day, about a quarter of an hour. */
const unitMs = dayMs / 100;
export const unitsADay = dayMs / unitMs;

/** A century, in units. Longer durations count as a century. */
const longest = 36_525 * unitsADay;

const bits = 10;
const cellsADoubling = 2 ** bits;

/** The most that a quantile may be off, as a share of it; up to 20.48 days it is exact to a hundredth of a day. */
export const quantileError = 1 / cellsADoubling;

/** Converts milliseconds to whole hundredths of a day, in which durations are counted and compared. */
export const toUnits = (ms: number): number => Math.min(longest, Math.round(ms / unitMs));

/** Converts hundredths of a day to days with three significant figures, the precision of a quantile. */
export const toDays = (units: number): number => Number((units / unitsADay).toPrecision(3));

/**
 * Returns the cell in which a duration is counted. Cells are one unit wide for as long as that is exact enough; from
 * then on they are twice as wide each time that durations have doubled.
 *
 * Source: the layout of HdrHistogram, http://hdrhistogram.org
 */
const cellOf = (units: number): number => {
  const widening = Math.max(0, 31 - bits - Math.clz32(units));
  return widening * cellsADoubling + (units >>> widening);
};

/** Returns the longest duration of a cell. */
const endOf = (cell: number): number => {
  const widening = Math.max(0, Math.floor(cell / cellsADoubling) - 1);
  return (cell - widening * cellsADoubling + 1) * 2 ** widening - 1;
};

/** The number of durations in each cell, in memory that doesn't grow with their number. */
export interface Durations {
  readonly cells: Uint32Array;
}

export const createDurations = (): Durations => ({ cells: new Uint32Array(cellOf(longest) + 1) });

const addTo = (cells: Uint32Array, cell: number, count: number): void => {
  cells[cell] = (cells[cell] ?? 0) + count;
};

export const addDuration = ({ cells }: Durations, ms: number): void => addTo(cells, cellOf(toUnits(ms)), 1);

/** Returns the sum of several histograms. */
export const sumDurations = (parts: readonly Durations[]): Durations => {
  const sum = createDurations();
  for (const { cells } of parts) for (const [cell, count] of cells.entries()) addTo(sum.cells, cell, count);
  return sum;
};

const sumFrom = (cells: Uint32Array, first: number): number =>
  cells.subarray(first).reduce((sum, count) => sum + count, 0);

export const countOf = ({ cells }: Durations): number => sumFrom(cells, 0);

/**
 * Returns the least duration that `percent` of all don't exceed, in hundredths of a day, and 0 without any durations.
 * It is the upper end of its cell of the histogram, so that a comparison with it separates cells exactly.
 */
export const computeQuantile = (durations: Durations, percent: number): number => {
  let left = Math.max(1, Math.ceil((percent * countOf(durations)) / 100));
  const cell = durations.cells.findIndex((count) => {
    left -= count;
    return left <= 0;
  });
  return cell === -1 ? 0 : endOf(cell);
};

/** Returns the number of durations longer than `units`; exact if that is the end of a cell, as quantiles are. */
export const countLonger = ({ cells }: Durations, units: number): number => sumFrom(cells, cellOf(units) + 1);
