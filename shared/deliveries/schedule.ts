import { hourMs, minuteMs } from '../../events/index.ts';

/**
 * The pauses before the attempts of a delivery, in milliseconds.
 *
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const schedule: readonly number[] = [
  0,
  5_000,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];

/** The failures in a row, of more than one lead, after which a circuit opens. */
export const failuresToOpen = 5;

const longestPause = 15 * minuteMs;

/** Returns how long a circuit stays open that has opened so often in a row: 1, 2, 4, 8 and then 15 minutes. */
export const computePause = (openings: number): number =>
  Math.min(longestPause, 2 ** Math.max(0, openings - 1) * minuteMs);
