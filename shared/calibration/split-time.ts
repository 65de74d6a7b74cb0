import { dayMs } from '../../events/index.ts';
import type { Row } from './types.ts';

/** Indexes of rows, which are in the order of time, by stretch. Between the stretches are gaps. */
export interface Split {
  readonly train: Int32Array;
  readonly calibrate: Int32Array;
  readonly test: Int32Array;
  /** Everything before the test time and its gap. */
  readonly learn: Int32Array;
  /** The gap before each stretch, in days. */
  readonly gapDays: number;
}

/** The shares of the leads after which the test time begins, and the calibration time within what is before. */
const learnShare = 0.8;
/** The most leads that a gap may leave out, as a share of all. */
const mostInGap = 0.1;

const range = (to: number, from = 0): Int32Array =>
  Int32Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** Returns the first index whose row is not before an instant. */
const findFirst = (rows: readonly Row[], at: number): number => {
  const found = rows.findIndex((row) => row.at >= at);
  return found < 0 ? rows.length : found;
};

/** Returns how many of the first rows are a gap and more before an instant; of a long gap, only its last leads count. */
const endBefore = (rows: readonly Row[], start: number, gapMs: number): number => {
  const most = Math.ceil(mostInGap * rows.length);
  return Math.max(findFirst(rows, (rows[start]?.at ?? 0) - gapMs + 1), start - most);
};

/**
 * Divides rows into time to learn from, to calibrate on and to test on. A gap of the horizon keeps them apart: at the
 * beginning of a stretch nobody knew yet what would become of the leads in the gap. If gaps would leave out more than a
 * tenth of the leads each, they are shortened.
 *
 * @param rows in the order of time
 */
export const splitTime = (rows: readonly Row[], horizonDays: number): Split => {
  const gapMs = horizonDays * dayMs;
  const testStart = Math.floor(learnShare * rows.length);
  const learnEnd = endBefore(rows, testStart, gapMs);
  const calibrateStart = Math.floor(learnShare * learnEnd);
  const trainEnd = endBefore(rows, calibrateStart, gapMs);
  const apart = (rows[testStart]?.at ?? 0) - (rows[learnEnd - 1]?.at ?? 0);
  return {
    train: range(trainEnd),
    calibrate: range(learnEnd, calibrateStart),
    test: range(rows.length, testStart),
    learn: range(learnEnd),
    gapDays: apart >= gapMs ? horizonDays : Math.max(0, Math.floor(apart / dayMs)),
  };
};
