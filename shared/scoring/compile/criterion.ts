import type { FactValue } from '../../../events/index.ts';
import type { Criterion, TableSubject } from '../document/criterion.ts';
import type { ModelDocument } from '../document/model.ts';
import { slideParts } from '../document/slide-parts.ts';
import { compileLookup } from '../values/literals.ts';
import { compileActivityCount, compileCondition, compileDayCount } from './condition.ts';
import { type CompiledDecay, compileDecay } from './decay.ts';
import type { FactLayout, ReadValue } from './fact-layout.ts';
import type { Rule, TableEntry } from './rule.ts';
import { compileReader } from './subject.ts';

export interface CompiledCriterion {
  readonly id: string;
  readonly text: string;
  readonly rule: Rule;
  /** Undefined if its points don't become fewer. */
  readonly decay: CompiledDecay | undefined;
  /** The most it can add (0 for a criterion that can only take away). */
  readonly best: number;
  /** The most it can take away, as a number of at most 0. */
  readonly worst: number;
  /** Its share in coverage: the most it can move its dimension. */
  readonly span: number;
}

/**
 * Compiles how a table reads its value; a part of the slide that can still be reached isn't known, rather than missing.
 */
const readTableValue = (subject: TableSubject, layout: FactLayout): ReadValue => {
  if (!('slide' in subject)) return compileReader(subject, layout);
  const index = slideParts.indexOf(subject.slide);
  return ({ found: { slide, slideOpen } }): FactValue | undefined =>
    slide[index] === 'missing' && slideOpen[index] !== undefined ? undefined : slide[index];
};

/** Compiles the rule of a criterion, and lists the points that it may give. */
const compileRule = (
  criterion: Criterion,
  layout: FactLayout,
): { rule: Rule; outcomes: readonly number[] } => {
  if ('when' in criterion) {
    const { when, points } = criterion;
    return { rule: { kind: 'condition', test: compileCondition(when, layout), points }, outcomes: [points] };
  }
  if ('bands' in criterion) {
    const bands = criterion.bands.toSorted((a, b) => b.from - a.from);
    return {
      rule: { kind: 'bands', readValue: compileReader(criterion.of, layout), bands },
      outcomes: bands.map((band) => band.points),
    };
  }
  if ('table' in criterion) {
    const { of, table, otherwise = 0 } = criterion;
    const entries = Object.entries(table).map(([value, entry]): [string, TableEntry] => [
      value,
      typeof entry === 'number' ? { points: entry } : entry,
    ]);
    return {
      rule: {
        kind: 'table',
        readValue: readTableValue(of, layout),
        entries: entries.map(([, entry]) => entry),
        findEntry: compileLookup(entries),
        otherwise,
      },
      outcomes: [...entries.map(([, { points }]) => points), otherwise],
    };
  }
  const { each, points, max } = criterion;
  const limits = points < 0 ? { least: -max, most: 0 } : { least: 0, most: max };
  const outcomes = [Math.sign(points) * max];
  if ('answering' in each) {
    return { rule: { kind: 'eachAnswer', points, flag: each.answering, ...limits }, outcomes };
  }
  const perDay = each.per === 'day';
  const count = perDay ? compileDayCount(each, layout) : compileActivityCount(each, layout);
  return { rule: { kind: 'each', points, count, perDay, ...limits }, outcomes };
};

/**
 * Compiles a criterion.
 *
 * @param document the model whose sections the criterion may read; without it, the points don't become fewer
 */
export const compileCriterion = (
  criterion: Criterion,
  layout: FactLayout,
  document?: ModelDocument,
): CompiledCriterion => {
  const { rule, outcomes } = compileRule(criterion, layout);
  const best = Math.max(0, ...outcomes);
  const worst = Math.min(0, ...outcomes);
  const decay = document && compileDecay(criterion, document, layout);
  const { id, text } = criterion;
  return { id, text, rule, decay, best, worst, span: Math.max(best, -worst) };
};
