import { dayMs } from '../../events/index.ts';

/** Days in a row, in UTC, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

const formatDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/**
 * Returns the days on which no run wrote anchors, from the first run on. The current day isn't over, so it isn't among
 * them.
 *
 * @param runs the instants of the runs, in milliseconds since 1970, the oldest first
 */
export const listDaysWithoutAnchors = (runs: readonly number[], now: number): Days[] => {
  const days = [...runs, now].map((instant) => Math.floor(instant / dayMs));
  return days.slice(1).flatMap((day, i) => {
    const before = days[i] ?? day;
    return day - before > 1 ? [{ from: formatDay(before + 1), to: formatDay(day - 1) }] : [];
  });
};
