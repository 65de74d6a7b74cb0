import {
  type ActivityCounts,
  collectConditions,
  collectCriterionPaths,
  computeDay,
  countWithin,
  listParts,
  type ModelDocument,
} from '../scoring/index.ts';

/** The ways in which a model counts an activity. */
export interface Counting {
  /** The windows in days; undefined for all time. */
  readonly windows: ReadonlySet<number | undefined>;
  /** Whether each time gives points, so that every count makes a difference and not only a few bounds. */
  readonly each: boolean;
  /** Whether earlier times give fewer points by decay, so that they may all have to be made up for. */
  readonly decays: boolean;
}

/** Finds how a model counts each activity that it reads. */
export const collectCountings = (document: ModelDocument): ReadonlyMap<string, Counting> => {
  const found = new Map<string, { windows: Set<number | undefined>; each: boolean; decays: boolean }>();
  const add = (activity: string, withinDays: number | undefined, each: boolean, decays: boolean): void => {
    const counting = found.get(activity) ?? { windows: new Set(), each: false, decays: false };
    counting.windows.add(withinDays);
    found.set(activity, {
      ...counting,
      each: counting.each || each,
      decays: counting.decays || decays,
    });
  };
  for (const { condition } of collectConditions(document)) {
    for (const part of listParts(condition))
      if ('activity' in part) add(part.activity, part.withinDays, false, false);
  }
  for (const { criterion } of collectCriterionPaths(document)) {
    if ('each' in criterion && 'activity' in criterion.each) {
      const { activity, withinDays, per } = criterion.each;
      // Once more on the same day makes no difference, so that not every count does.
      add(activity, withinDays, per === undefined, criterion.decay !== undefined);
    }
  }
  return found;
};

/** Returns every count up to 10, then only some: the difference between 40 times and 41 is of no use as advice. */
const steps = (most: number): number[] =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 200, 500, 1_000].filter((count) => count < most);

/**
 * Returns how many times more an activity could happen and make a difference: as often as it takes to reach a bound of
 * the model from what has happened within each of its windows.
 *
 * @param bounds the counts from which on the model's result can differ
 */
export const timesMore = (
  { windows, each, decays }: Counting,
  bounds: readonly number[],
  before: ActivityCounts | undefined,
  at: number,
): number[] => {
  const counts = [...windows].map((withinDays) => {
    if (before === undefined) return 0;
    return withinDays === undefined ? before[0] : countWithin(before, computeDay(at), withinDays);
  });
  if (decays) counts.push(0);
  const missing = counts.flatMap((count) => bounds.map((bound) => bound - count)).filter((more) => more > 0);
  const between = each ? steps(Math.max(1, ...missing)) : [];
  return [...new Set([1, ...between, ...missing])].sort((a, b) => a - b);
};
