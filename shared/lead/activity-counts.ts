import { type ActivityCounts, computeDay, type DayTotal } from '../scoring/index.ts';
import { addToDay } from './daily-counts.ts';

/** The times that were counted one by one, without the growth of totals. */
interface Counted {
  readonly count: number;
  /** 0 if there are none. */
  readonly last: number;
  readonly days: readonly number[];
}

type Growth = readonly [day: number, count: number];

/** Returns how much the total grew on each of its days. */
const listGrowth = (totals: readonly DayTotal[]): Growth[] =>
  totals.map(([day, total], i) => [day, total - (totals[i - 1]?.[1] ?? 0)]);

/** Returns the higher total of one day; of two equal ones the earlier, since a repetition is no activity. */
const pickHigher = (a: DayTotal, b: DayTotal): DayTotal =>
  a[1] === b[1] ? (a[2] <= b[2] ? a : b) : a[1] > b[1] ? a : b;

/**
 * Adds a total to those of an activity. A day is dropped if a day before has its total: that one counts, and no total
 * that comes later can change this. So the same totals give the same list in whatever order.
 */
const addTotal = (totals: readonly DayTotal[], added: DayTotal): readonly DayTotal[] => {
  const same = totals.find(([day]) => day === added[0]);
  const best = same === undefined ? added : pickHigher(same, added);
  const before = totals.filter(([day]) => day < best[0]);
  const after = totals.filter(([day]) => day > best[0]);
  if (best === same || best[1] <= (before.at(-1)?.[1] ?? 0)) return totals;
  return [...before, best, ...after.filter(([, total]) => total > best[1])];
};

/** Takes the growth of totals out of the counts of an activity. Days that were dropped from these have none. */
const takeCounted = ([total, last, days, stated]: ActivityCounts): Counted => {
  if (stated === undefined) return { count: total, last, days };
  const [lastCounted, totals] = stated;
  const growth = new Map(listGrowth(totals));
  const counted: number[] = [];
  for (let i = 0; i < days.length; i += 2) {
    const day = days[i] as number;
    const count = (days[i + 1] as number) - (growth.get(day) ?? 0);
    if (count > 0) counted.push(day, count);
  }
  return { count: total - (totals.at(-1)?.[1] ?? 0), last: lastCounted, days: counted };
};

const withGrowth = ({ count, last, days }: Counted, totals: readonly DayTotal[]): ActivityCounts => {
  const [, highest, grew] = totals.at(-1) ?? [0, 0, 0];
  const all = listGrowth(totals).reduce((sum, [day, growth]) => addToDay(sum, day, growth), days);
  return [count + highest, Math.max(last, grew), all, [last, totals]];
};

/** Counts an activity that happened so often at an instant. */
export const withCount = (
  activity: ActivityCounts | undefined,
  count: number,
  at: number,
): ActivityCounts => {
  const [total, last, days, stated] = activity ?? [0, at, []];
  const counts = [total + count, Math.max(last, at), addToDay(days, computeDay(at), count)] as const;
  return stated === undefined ? counts : [...counts, [Math.max(stated[0], at), stated[1]]];
};

/**
 * Counts an activity by a total that was stated at an instant. Its growth over the highest total of all days before
 * counts for the day; one that does not grow changes nothing, so it is undefined of an activity that never happened.
 */
export const withTotal = (
  activity: ActivityCounts | undefined,
  total: number,
  at: number,
): ActivityCounts | undefined => {
  const before = activity?.[3]?.[1] ?? [];
  const totals = addTotal(before, [computeDay(at), total, at]);
  if (totals === before) return activity;
  return withGrowth(activity === undefined ? { count: 0, last: 0, days: [] } : takeCounted(activity), totals);
};

/** Joins the counts of two leads as if one lead had done both: counts add up, and of totals the growth counts. */
export const joinActivities = (a: ActivityCounts, b: ActivityCounts): ActivityCounts => {
  const [countedA, countedB] = [takeCounted(a), takeCounted(b)];
  let { days } = countedA;
  for (let i = 0; i < countedB.days.length; i += 2) {
    days = addToDay(days, countedB.days[i] as number, countedB.days[i + 1] as number);
  }
  const count = countedA.count + countedB.count;
  const last = Math.max(countedA.last, countedB.last);
  if (a[3] === undefined && b[3] === undefined) return [count, last, days];
  return withGrowth({ count, last, days }, (b[3]?.[1] ?? []).reduce(addTotal, a[3]?.[1] ?? []));
};
