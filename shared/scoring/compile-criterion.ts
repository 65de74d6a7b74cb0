import { compileCondition, no, type Reading, type Test, yes } from './compile-condition.ts';
import type { FactLayout } from './fact-layout.ts';
import { countWithin } from './facts.ts';
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

const readerOf = (layout: FactLayout, subject: Subject) =>
  'attribute' in subject
    ? layout.valueOf('attributes', subject.attribute)
    : layout.valueOf('answers', subject.answer);
type ReadValue = ReturnType<typeof readerOf>;

const whenPoints =
  (test: Test, points: number): Points =>
  (reading) => {
    const truth = test(reading);
    return truth === yes ? points : truth === no ? 0 : Number.NaN;
  };

const bandPoints = (read: ReadValue, bands: readonly { from: number; points: number }[]): Points => {
  const descending = [...bands].sort((a, b) => b.from - a.from);
  return ({ facts }) => {
    const value = read(facts);
    if (value === undefined || value === null) return Number.NaN;
    if (typeof value !== 'number') return 0;
    for (const band of descending) if (value >= band.from) return band.points;
    return 0;
  };
};

const tablePoints = (read: ReadValue, table: Readonly<Record<string, number>>, otherwise: number): Points => {
  const byValue = new Map(Object.entries(table));
  return ({ facts }) => {
    const value = read(facts);
    if (value === undefined || value === null) return Number.NaN;
    // A list equals no single value.
    if (typeof value === 'object') return otherwise;
    return byValue.get(typeof value === 'string' ? value : String(value)) ?? otherwise;
  };
};

const eachPoints = (
  read: ReturnType<FactLayout['activityOf']>,
  withinDays: number | undefined,
  points: number,
  max: number,
): Points => {
  const limit = points < 0 ? -max : max;
  return ({ facts, today }) => {
    const given = read(facts);
    if (given === undefined) return 0;
    const count = withinDays === undefined ? given[0] : countWithin(given, today, withinDays);
    const sum = count * points;
    return points < 0 ? Math.max(limit, sum) : Math.min(limit, sum);
  };
};

const compilePoints = (
  criterion: Criterion,
  layout: FactLayout,
): { points: Points; outcomes: readonly number[] } => {
  if ('when' in criterion) {
    return {
      points: whenPoints(compileCondition(criterion.when, layout), criterion.points),
      outcomes: [criterion.points],
    };
  }
  if ('bands' in criterion) {
    return {
      points: bandPoints(readerOf(layout, criterion.of), criterion.bands),
      outcomes: criterion.bands.map((band) => band.points),
    };
  }
  if ('table' in criterion) {
    const { of, table, otherwise = 0 } = criterion;
    return {
      points: tablePoints(readerOf(layout, of), table, otherwise),
      outcomes: [...Object.values(table), otherwise],
    };
  }
  const { each, points, max } = criterion;
  return {
    points: eachPoints(layout.activityOf(each.activity), each.withinDays, points, max),
    outcomes: [points < 0 ? -max : max],
  };
};

export const compileCriterion = (criterion: Criterion, layout: FactLayout): CompiledCriterion => {
  const { points, outcomes } = compilePoints(criterion, layout);
  const best = Math.max(0, ...outcomes);
  const worst = Math.min(0, ...outcomes);
  return { id: criterion.id, text: criterion.text, points, best, worst, span: Math.max(best, -worst) };
};
