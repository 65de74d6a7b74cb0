import { compileCondition, no, type Reading, type Test, valueReader, yes } from './compile-condition.ts';
import { type ActivityCounts, countWithin } from './facts.ts';
import type { Criterion, Subject } from './model.ts';

/** The points that a criterion gives, or NaN where what it asks is not known. NaN costs no object. */
export type Points = (reading: Reading) => number;

export interface CompiledCriterion {
  readonly id: string;
  readonly text: string;
  readonly points: Points;
  /** The most it can add (0 for a criterion that can only take away). */
  readonly best: number;
  /** The most it can take away, as a number of at most 0. */
  readonly worst: number;
  /** Its share in coverage: the most it can move its dimension. */
  readonly span: number;
}

const readerOf = (subject: Subject) =>
  'attribute' in subject
    ? valueReader('attributes', subject.attribute)
    : valueReader('answers', subject.answer);

const whenPoints =
  (test: Test, points: number): Points =>
  (reading) => {
    const truth = test(reading);
    return truth === yes ? points : truth === no ? 0 : Number.NaN;
  };

const bandPoints = (of: Subject, bands: readonly { from: number; points: number }[]): Points => {
  const read = readerOf(of);
  const descending = [...bands].sort((a, b) => b.from - a.from);
  return ({ facts }) => {
    const value = read(facts)?.[0];
    if (value === undefined || value === null) return Number.NaN;
    if (typeof value !== 'number') return 0;
    for (const band of descending) if (value >= band.from) return band.points;
    return 0;
  };
};

const tablePoints = (of: Subject, table: Readonly<Record<string, number>>, otherwise: number): Points => {
  const read = readerOf(of);
  const byValue = new Map(Object.entries(table));
  return ({ facts }) => {
    const value = read(facts)?.[0];
    if (value === undefined || value === null) return Number.NaN;
    return byValue.get(typeof value === 'string' ? value : String(value)) ?? otherwise;
  };
};

const eachPoints = (
  { activity, withinDays }: { activity: string; withinDays?: number | undefined },
  points: number,
  max: number,
): Points => {
  const limit = points < 0 ? -max : max;
  const read = (reading: Reading): ActivityCounts | undefined =>
    Object.hasOwn(reading.facts.activities, activity) ? reading.facts.activities[activity] : undefined;
  return (reading) => {
    const given = read(reading);
    if (given === undefined) return 0;
    const count = withinDays === undefined ? given[0] : countWithin(given, reading.today, withinDays);
    const sum = count * points;
    return points < 0 ? Math.max(limit, sum) : Math.min(limit, sum);
  };
};

const compilePoints = (criterion: Criterion): { points: Points; outcomes: readonly number[] } => {
  if ('when' in criterion) {
    return {
      points: whenPoints(compileCondition(criterion.when), criterion.points),
      outcomes: [criterion.points],
    };
  }
  if ('bands' in criterion) {
    return {
      points: bandPoints(criterion.of, criterion.bands),
      outcomes: criterion.bands.map((band) => band.points),
    };
  }
  if ('table' in criterion) {
    const { of, table, otherwise = 0 } = criterion;
    return { points: tablePoints(of, table, otherwise), outcomes: [...Object.values(table), otherwise] };
  }
  const { each, points, max } = criterion;
  return { points: eachPoints(each, points, max), outcomes: [points < 0 ? -max : max] };
};

export const compileCriterion = (criterion: Criterion): CompiledCriterion => {
  const { points, outcomes } = compilePoints(criterion);
  const best = Math.max(0, ...outcomes);
  const worst = Math.min(0, ...outcomes);
  return { id: criterion.id, text: criterion.text, points, best, worst, span: Math.max(best, -worst) };
};
