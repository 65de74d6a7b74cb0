import type { WindowTest } from '../compile/fact-layout.ts';
import type { ScoringModel } from '../compile/model.ts';
import type { ActivityCounts, Facts } from '../facts.ts';

/**
 * Lists the days on which the result of a test changes because days leave its window. The count only falls, so there
 * are at most two: it comes down to the most that is allowed, and falls below the least.
 */
const listDays = (
  { withinDays, least, most }: WindowTest,
  days: ActivityCounts[2],
  today: number,
): number[] => {
  let first = 0;
  while (first < days.length && (days[first] as number) <= today - withinDays) first += 2;
  let count = 0;
  for (let i = first; i < days.length; i += 2) count += days[i + 1] as number;
  let holds = count >= least && count <= most;
  const found: number[] = [];
  for (let i = first; i < days.length; i += 2) {
    count -= days[i + 1] as number;
    if (holds === (count >= least && count <= most)) continue;
    holds = !holds;
    found.push((days[i] as number) + withinDays);
  }
  return found;
};

/**
 * Lists the midnights at which a condition may change its result if nothing happens, as hours since 1970, in ascending
 * order. Between two of them every condition keeps its result, and only points with decay and counts within windows
 * change.
 *
 * @param from the hour after which they are listed
 * @param to the last hour
 */
export const listCuts = (model: ScoringModel, facts: Facts, from: number, to: number): number[] => {
  const hours = model.windowTests.flatMap((test) => {
    const counts = Object.hasOwn(facts.activities, test.activity)
      ? facts.activities[test.activity]
      : undefined;
    return counts === undefined
      ? []
      : listDays(test, counts[2], Math.floor(from / 24)).map((day) => day * 24);
  });
  return [...new Set(hours)].filter((hour) => hour > from && hour <= to).sort((a, b) => a - b);
};
