import { resolveBounds } from '../../compile/condition.ts';
import type { Condition } from '../../document/condition.ts';
import { type ActivityCounts, computeDay } from '../../facts.ts';

type Counted = Extract<Condition, { activity: string } | { outcome: string } | { answering: string }>;

/** Counts on either side of each bound. */
export const countsAround = (bounds: readonly number[], most = Number.POSITIVE_INFINITY): number[] => [
  ...new Set(
    [0, ...bounds.flatMap((bound) => [bound - 1, bound, bound + 1])].filter(
      (count) => count >= 0 && count <= most,
    ),
  ),
];

export const collectBounds = (tests: readonly Counted[]): number[] =>
  tests.flatMap((test) => Object.values(resolveBounds(test)).filter(Number.isFinite));

const mostRows = 2_000;

/** Rows of counts that never fall: what happened within a week happened within a month, too. */
const risingRows = (counts: readonly number[], length: number): number[][] | undefined => {
  let rows: number[][] = [[]];
  for (let i = 0; i < length; i++) {
    rows = rows.flatMap((row) =>
      counts.filter((count) => count >= (row.at(-1) ?? 0)).map((count) => [...row, count]),
    );
    if (rows.length > mostRows) return undefined;
  }
  return rows;
};

/** Returns an activity that occurred so often within each window, as early as each of them allows. */
const buildActivity = (windows: readonly number[], row: readonly number[], at: number): ActivityCounts => {
  const today = computeDay(at);
  const days = windows.flatMap((window, i) => {
    const count = (row[i] ?? 0) - (row[i - 1] ?? 0);
    return count > 0 ? [[today - window + 1, count] as const] : [];
  });
  return [row.at(-1) ?? 0, at, days.toReversed().flat()];
};

/**
 * Returns the ways in which an activity may have occurred: so often within each window, and in all.
 *
 * @param windows in days
 * @returns undefined if they are too many
 */
export const listActivities = (
  windows: readonly number[],
  bounds: readonly number[],
  at: number,
): ActivityCounts[] | undefined => {
  const ascending = [...new Set(windows)].sort((a, b) => a - b);
  const rows = risingRows(countsAround(bounds), ascending.length + 1);
  return rows?.map((row) => buildActivity(ascending, row, at));
};
