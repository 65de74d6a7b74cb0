import type { FactValue } from '../../../events/index.ts';
import type { Condition } from '../document/condition.ts';
import type { Criterion, TableSubject } from '../document/criterion.ts';
import { pointsOfEntry } from '../document/points-of-entry.ts';
import { slideParts } from '../document/slide-parts.ts';
import { boundsOf, compileCondition } from './condition.ts';
import type { FactLayout, ReadValue } from './fact-layout.ts';
import { blank, type Rule } from './rule.ts';
import { readerOf } from './subject.ts';
import { checksOf } from './value-check.ts';

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

/** A part of the slide that nobody has asked for yet isn't known, rather than missing. */
const readTableValue = (subject: TableSubject, layout: FactLayout): ReadValue => {
  if (!('slide' in subject)) return readerOf(subject, layout);
  const index = slideParts.indexOf(subject.slide);
  return ({ found: { slide, slideOpen } }): FactValue | undefined =>
    slide[index] === 'missing' && slideOpen[index] !== undefined ? undefined : slide[index];
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
