import type { AnswerFlag } from '../document/answer-flags.ts';
import { no, type Reading, unknown, yes } from '../reading.ts';
import { countOf, type Test } from './condition.ts';
import type { ReadActivity, ReadValue } from './fact-layout.ts';
import { holds, type ValueCheck } from './value-check.ts';

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
export interface Rule {
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

/** A rule of no kind yet. */
export const blank: Omit<Rule, 'kind'> = {
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
export const pointsOf = ({ rule }: { readonly rule: Rule }, reading: Reading): number => {
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
