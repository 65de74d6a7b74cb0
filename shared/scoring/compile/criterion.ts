import type { FactValue } from '../../../events/index.ts';
import type { AnswerFlag } from '../document/answer-flags.ts';
import type { Condition } from '../document/condition.ts';
import type { Criterion, TableSubject } from '../document/criterion.ts';
import { pointsOfEntry } from '../document/points-of-entry.ts';
import { slideParts } from '../document/slide-parts.ts';
import { no, type Reading, unknown, yes } from '../reading.ts';
import { boundsOf, compileCondition, countOf, type Test } from './condition.ts';
import type { FactLayout, ReadActivity, ReadValue } from './fact-layout.ts';
import { readerOf } from './subject.ts';
import { checksOf, holds, type ValueCheck } from './value-check.ts';

/** What a model says of leads in a band, or of a value in a table, beside the points. */
export interface Details {
  readonly text?: string | undefined;
  readonly successPercent?: number | undefined;
  readonly churnPercent?: number | undefined;
}

type Bands = readonly (Details & { readonly from: number; readonly points: number })[];

/**
 * How a criterion gives points. One shape for every kind, with what a kind doesn't use left blank: to evaluate is
 * mostly to read these fields, and V8 reads them from one shape at a fraction of what it costs from six.
 */
interface Rule {
  readonly kind: 'value' | 'count' | 'condition' | 'bands' | 'table' | 'each' | 'eachAnswer';
  readonly points: number;
  readonly readValue: ReadValue;
  readonly readActivity: ReadActivity;
  readonly check: ValueCheck | undefined;
  readonly test: Test;
  readonly bands: Bands;
  readonly table: ReadonlyMap<string, number>;
  /** Of the values in the table of which more is said. */
  readonly details: ReadonlyMap<string, Details>;
  readonly withinDays: number | undefined;
  readonly flag: AnswerFlag;
  /** Of counts, or of the points that they sum to. */
  readonly least: number;
  readonly most: number;
}

export interface CompiledCriterion {
  readonly id: string;
  readonly text: string;
  readonly rule: Rule;
  /** The most it can add (0 for a criterion that can only take away). */
  readonly best: number;
  /** The most it can take away, as a number of at most 0. */
  readonly worst: number;
  /** Its share in coverage: the most it can move its dimension. */
  readonly span: number;
}

const blank: Omit<Rule, 'kind'> = {
  points: 0,
  readValue: () => undefined,
  readActivity: () => undefined,
  check: undefined,
  test: () => unknown,
  bands: [],
  table: new Map(),
  details: new Map(),
  withinDays: undefined,
  flag: 'short',
  least: 0,
  most: 0,
};

const bandPoints = (bands: Bands, value: unknown): number => {
  if (typeof value !== 'number') return 0;
  for (const { from, points } of bands) if (value >= from) return points;
  return 0;
};

const tablePoints = (
  { table, points }: Rule,
  value: string | number | boolean | readonly string[],
): number =>
  // A list equals no single value.
  typeof value === 'object'
    ? points
    : (table.get(typeof value === 'string' ? value : String(value)) ?? points);

const within = ({ least, most }: Rule, sum: number): number => Math.max(least, Math.min(most, sum));

const answerPoints = (rule: Rule, { found }: Reading): number =>
  rule.flag !== 'contradictory' && found.answered === 0
    ? Number.NaN
    : within(rule, found[rule.flag] * rule.points);

const conditionPoints = ({ test, points }: Rule, reading: Reading): number => {
  const truth = test(reading);
  return truth === yes ? points : truth === no ? 0 : Number.NaN;
};

/**
 * The points that a criterion gives, or NaN where what it asks is not known: NaN costs no object. Kept small by the
 * functions above it, since V8 inlines up to 460 bytes of code, and this is called for each criterion of each lead.
 */
export const pointsOf = ({ rule }: CompiledCriterion, reading: Reading): number => {
  switch (rule.kind) {
    case 'value': {
      const value = rule.readValue(reading);
      if (value === undefined || value === null) return Number.NaN;
      return holds(rule.check as ValueCheck, value) ? rule.points : 0;
    }
    case 'count': {
      const count = countOf(rule.readActivity(reading), reading.today, rule.withinDays);
      return count >= rule.least && count <= rule.most ? rule.points : 0;
    }
    case 'each': {
      const sum = countOf(rule.readActivity(reading), reading.today, rule.withinDays) * rule.points;
      return within(rule, sum);
    }
    case 'bands': {
      const value = rule.readValue(reading);
      return value === undefined || value === null ? Number.NaN : bandPoints(rule.bands, value);
    }
    case 'table': {
      const value = rule.readValue(reading);
      return value === undefined || value === null ? Number.NaN : tablePoints(rule, value);
    }
    case 'condition':
      return conditionPoints(rule, reading);
    case 'eachAnswer':
      return answerPoints(rule, reading);
    default:
      return rule.kind satisfies never;
  }
};

/** A part of the slide that nobody has asked for yet isn't known, rather than missing. */
const readTableValue = (subject: TableSubject, layout: FactLayout): ReadValue => {
  if (!('slide' in subject)) return readerOf(subject, layout);
  const index = slideParts.indexOf(subject.slide);
  return ({ found: { slide, slideOpen } }): FactValue | undefined =>
    slide[index] === 'missing' && slideOpen[index] === true ? undefined : slide[index];
};

/** The conditions that most criteria have, one test of one value or one count, need no closures of their own. */
const whenRule = (when: Condition, points: number, layout: FactLayout): Rule => {
  if ('activity' in when) {
    const { activity, withinDays } = when;
    const readActivity = layout.activityOf(activity);
    return { ...blank, kind: 'count', points, readActivity, withinDays, ...boundsOf(when) };
  }
  if ('attribute' in when || 'answer' in when) {
    const [check, ...others] = checksOf(when);
    if (check !== undefined && others.length === 0 && when.known === undefined) {
      return { ...blank, kind: 'value', points, readValue: readerOf(when, layout), check };
    }
  }
  return { ...blank, kind: 'condition', points, test: compileCondition(when, layout) };
};

/** The rule of a criterion, and all the points that it may give. */
const compileRule = (
  criterion: Criterion,
  layout: FactLayout,
): { rule: Rule; outcomes: readonly number[] } => {
  if ('when' in criterion) {
    const { when, points } = criterion;
    return { rule: whenRule(when, points, layout), outcomes: [points] };
  }
  if ('bands' in criterion) {
    const bands = criterion.bands.toSorted((a, b) => b.from - a.from);
    return {
      rule: { ...blank, kind: 'bands', readValue: readerOf(criterion.of, layout), bands },
      outcomes: bands.map((band) => band.points),
    };
  }
  if ('table' in criterion) {
    const { of, table, otherwise = 0 } = criterion;
    const entries = Object.entries(table);
    const points = entries.map(([value, entry]) => [value, pointsOfEntry(entry)] as const);
    return {
      rule: {
        ...blank,
        kind: 'table',
        readValue: readTableValue(of, layout),
        table: new Map(points),
        details: new Map(
          entries.flatMap(([value, entry]) => (typeof entry === 'number' ? [] : [[value, entry]])),
        ),
        points: otherwise,
      },
      outcomes: [...points.map(([, given]) => given), otherwise],
    };
  }
  const { each, points, max } = criterion;
  const limits = points < 0 ? { least: -max, most: 0 } : { least: 0, most: max };
  const outcomes = [Math.sign(points) * max];
  if ('answering' in each) {
    return { rule: { ...blank, kind: 'eachAnswer', points, flag: each.answering, ...limits }, outcomes };
  }
  const { withinDays } = each;
  const readActivity = layout.activityOf(each.activity);
  return { rule: { ...blank, kind: 'each', points, readActivity, withinDays, ...limits }, outcomes };
};

export const compileCriterion = (criterion: Criterion, layout: FactLayout): CompiledCriterion => {
  const { rule, outcomes } = compileRule(criterion, layout);
  const best = Math.max(0, ...outcomes);
  const worst = Math.min(0, ...outcomes);
  return { id: criterion.id, text: criterion.text, rule, best, worst, span: Math.max(best, -worst) };
};
