import {
  type ActivityCounts,
  computeDay,
  type Facts,
  longestWindow,
  type StatedTotals,
} from '../scoring/index.ts';

/** The days for which daily counts are stored. No window looks back further. */
export const dayHorizon = longestWindow + 1;

/**
 * Adds to the count of a day. `days` is a flat list of pairs of day and count, sorted by day.
 *
 * @example addToDay([100, 2, 103, 1], 101, 5) // [100, 2, 101, 5, 103, 1]
 */
export const addToDay = (days: readonly number[], day: number, count: number): number[] => {
  let i = days.length;
  while (i > 0 && (days[i - 2] as number) > day) i -= 2;
  if (i > 0 && days[i - 2] === day) return days.with(i - 1, (days[i - 1] as number) + count);
  return days.toSpliced(i, 0, day, count);
};

/** Drops the totals of old days but for the last: later growth is counted from it. */
const forgetOldTotals = ([lastCounted, totals]: StatedTotals, first: number): StatedTotals => {
  const isOld = ([day]: StatedTotals[1][number]): boolean => day < first;
  return [lastCounted, totals.slice(Math.max(0, totals.findLastIndex(isOld)))];
};

/**
 * Drops the days that no window reaches from `seen`, in every activity, so that late events find the same days dropped.
 */
export const forgetOldDays = (activities: Facts['activities'], seen: number): Facts['activities'] => {
  const first = computeDay(seen) - dayHorizon;
  const isOld = ([, , days]: ActivityCounts) => days.length > 0 && (days[0] as number) < first;
  if (!Object.values(activities).some(isOld)) return activities;
  const forget = ([total, last, days, stated]: ActivityCounts): ActivityCounts => {
    let i = 0;
    while (i < days.length && (days[i] as number) < first) i += 2;
    const counts = [total, last, days.slice(i)] as const;
    return stated === undefined ? counts : [...counts, forgetOldTotals(stated, first)];
  };
  return Object.fromEntries(Object.entries(activities).map(([name, activity]) => [name, forget(activity)]));
};
