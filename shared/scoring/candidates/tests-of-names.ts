import { answersJudged } from '../compile/answering.ts';
import { fullWeight, weightAt, weightsOf } from '../decay/weights.ts';
import type { Condition, ValueCondition } from '../document/condition.ts';
import { collectConditions, collectCriterionPaths } from '../document/condition-paths.ts';
import type { Criterion, TableSubject } from '../document/criterion.ts';
import type { LaneFigure } from '../document/lane-figures.ts';
import type { ModelDocument } from '../document/model.ts';
import { listReads } from '../document/reads.ts';
import { isValueCondition, listParts } from '../document/walk.ts';
import { cutAfter, cutAt, type Fragment, listUsedOperators } from '../operators/index.ts';
import { readLiteral } from '../values/literals.ts';
import type { Cut } from './number-classes.ts';

/** All that a model compares one value with. */
export interface Tests {
  readonly literals: Set<string | number | boolean>;
  /** The parts of texts, and entries of lists, that are looked for. */
  readonly fragments: Set<string>;
  /** The positions in a text at which they are looked for. */
  readonly places: Set<Fragment['where']>;
  readonly cuts: Cut[];
  readonly words: Cut[];
  readonly figures: Cut[];
}

export interface TestsOfNames {
  readonly attributes: Map<string, Tests>;
  readonly answers: Map<string, Tests>;
  /** The counts at which the result can change. */
  readonly activities: Map<string, Set<number>>;
  readonly outcomes: Map<string, Set<number>>;
  /** Whether these are all; false if an operator has only examples of the values that it distinguishes. */
  exhaustive: boolean;
}

export const noTests = (): Tests => ({
  literals: new Set(),
  fragments: new Set(),
  places: new Set(),
  cuts: [],
  words: [],
  figures: [],
});

const entry = <T>(map: Map<string, T>, name: string, create: () => T): T => {
  const found = map.get(name);
  if (found !== undefined) return found;
  const created = create();
  map.set(name, created);
  return created;
};

/** Rounds as the evaluator rounds quotients: without the last digits, which no decimal has. */
export const roundPlainly = (value: number): number => Number(value.toPrecision(12));

/** Returns the cuts of a value itself, from cuts of its quotient by a figure of the lane. */
const scaled = (cuts: readonly Cut[], subject: object, { lanes = [] }: ModelDocument): Cut[] => {
  if (!('relativeTo' in subject) || subject.relativeTo === undefined) return [...cuts];
  const figure = subject.relativeTo as LaneFigure;
  return lanes.flatMap(({ figures }) => {
    const usual = figures[figure];
    return usual === undefined ? [] : cuts.map((cut) => ({ ...cut, at: roundPlainly(cut.at * usual) }));
  });
};

/** Returns the share of the points that is left of what occurred today, at the end of the day. */
const leastOfToday = (decay: Criterion['decay']): number =>
  decay === undefined ? 1 : weightAt(weightsOf(decay), 23) / fullWeight;

/** Creates an empty collection, with the functions that add to it. */
const collector = (document: ModelDocument) => {
  const found: TestsOfNames = {
    attributes: new Map(),
    answers: new Map(),
    activities: new Map(),
    outcomes: new Map(),
    exhaustive: true,
  };

  const findTests = (subject: TableSubject): readonly [tests: Tests, field: string] | undefined => {
    const [own] = listReads(subject);
    if (own?.kind === 'attribute') return [entry(found.attributes, own.name, noTests), own.field];
    return own?.kind === 'answer' ? [entry(found.answers, own.name, noTests), own.field] : undefined;
  };

  const addCuts = (subject: TableSubject, cuts: readonly Cut[]): void => {
    const [tests, field] = findTests(subject) ?? [];
    const own = field === 'words' || field === 'figures' ? tests?.[field] : tests?.cuts;
    own?.push(...scaled(cuts, subject, document));
  };

  /** Returns the tests of a value that is compared as a whole; words, figures and lanes are compared as numbers. */
  const findWholeTests = (subject: TableSubject): Tests | undefined =>
    'attribute' in subject || 'answer' in subject ? findTests(subject)?.[0] : undefined;

  const addLiterals = (subject: TableSubject, literals: readonly (string | number | boolean)[]): void => {
    const numbers = literals.map(readLiteral).filter((literal) => typeof literal === 'number');
    addCuts(
      subject,
      numbers.flatMap((literal) => [cutAt(literal), cutAfter(literal)]),
    );
    const tests = findWholeTests(subject);
    for (const literal of literals) if (typeof literal !== 'number') tests?.literals.add(literal);
  };

  const addFragments = (subject: TableSubject, fragments: readonly Fragment[]): void => {
    const tests = findWholeTests(subject);
    if (tests === undefined) return;
    for (const { text, where } of fragments) {
      tests.fragments.add(text);
      tests.places.add(where);
    }
  };

  const addValueCondition = (condition: ValueCondition): void => {
    for (const { operator, operand } of listUsedOperators(condition)) {
      const { cuts = [], literals = [], fragments = [], examples } = operator.distinguishes(operand);
      addCuts(condition, cuts);
      addLiterals(condition, [...literals, ...(examples ?? [])]);
      addFragments(condition, fragments);
      if (examples !== undefined) found.exhaustive = false;
    }
  };

  const addCounts = (
    counts: Set<number>,
    { atLeast, atMost }: { atLeast?: number | undefined; atMost?: number | undefined },
  ) => {
    counts.add(atLeast ?? 1);
    if (atMost !== undefined) counts.add(atMost).add(atMost + 1);
  };

  const noCounts = () => new Set([0, 1]);

  const addCondition = (condition: Condition): void => {
    if ('activity' in condition) {
      addCounts(entry(found.activities, condition.activity, noCounts), condition);
    } else if ('outcome' in condition) {
      addCounts(entry(found.outcomes, condition.outcome, noCounts), condition);
    } else if (isValueCondition(condition)) addValueCondition(condition);
  };

  const addCriterion = (criterion: Criterion): void => {
    if ('bands' in criterion)
      addCuts(
        criterion.of,
        criterion.bands.map(({ from }) => cutAt(from)),
      );
    else if ('table' in criterion) addLiterals(criterion.of, Object.keys(criterion.table));
    else if ('each' in criterion && 'activity' in criterion.each) {
      const { activity, per } = criterion.each;
      const counts = entry(found.activities, activity, noCounts);
      if (per === 'day') {
        // Another day is another instant: that one change makes them all can't be tried.
        found.exhaustive = false;
        return;
      }
      const most = criterion.points === 0 ? 1 : criterion.max / Math.abs(criterion.points);
      counts.add(Math.ceil(most / leastOfToday(criterion.decay)));
    }
  };

  return { found, addCuts, addCondition, addCriterion };
};

/** Collects what a model compares each value with: it doesn't distinguish between values that compare alike. */
export const collectTests = (document: ModelDocument): TestsOfNames => {
  const { found, addCuts, addCondition, addCriterion } = collector(document);
  for (const { condition } of collectConditions(document)) listParts(condition).forEach(addCondition);
  for (const { criterion } of collectCriterionPaths(document)) addCriterion(criterion);
  const { short, long, specific } = document.answering ?? {};
  for (const question of answersJudged(document)) {
    const words = [short?.below, long?.from, specific?.words].filter((value) => value !== undefined);
    addCuts({ words: question }, words.map(cutAt));
    if (specific !== undefined) addCuts({ figures: question }, [cutAt(specific.figures)]);
  }
  for (const { activities } of document.promotions) {
    for (const activity of activities) entry(found.activities, activity, () => new Set([0, 1]));
  }
  return found;
};
