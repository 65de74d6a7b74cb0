import type { Condition, CountTests, ValueTests } from './condition.ts';
import { createFactLayout, type FactLayout, type ReadActivity, type ReadValue } from './fact-layout.ts';
import { type ActivityCounts, countWithin, type Facts } from './facts.ts';
import { type Letter, letters } from './letters.ts';
import { checksOf, holds } from './value-check.ts';

/** Three values, after Kleene: a test of something that nobody has said yet is neither true nor false. */
export const no = 0;
export const yes = 1;
export const unknown = 2;
export type Truth = typeof no | typeof yes | typeof unknown;

/** What compiled tests read: the facts, the day of evaluation, and what was worked out of the facts before. */
export interface Reading {
  readonly facts: Facts;
  readonly today: number;
  /** By the order of `letters`: yes is pass, no is fail. */
  readonly bant: Truth[];
  bantMet: Truth;
}

export type Test = (reading: Reading) => Truth;

const compileValue = (read: ReadValue, tests: ValueTests): Test => {
  const [first, ...others] = checksOf(tests);
  const { known } = tests;
  if (known !== undefined && first === undefined) {
    return ({ facts }) => (((read(facts) ?? null) === null) === known ? no : yes);
  }
  return ({ facts }) => {
    const value = read(facts);
    if (value === undefined || value === null) return known === true ? no : unknown;
    if (known === false || first === undefined || !holds(first, value)) return no;
    for (const other of others) if (!holds(other, value)) return no;
    return yes;
  };
};

/** How often an activity occurred, within the last days if asked for; one that never did, did so 0 times. */
export const countOf = (
  activity: ActivityCounts | undefined,
  today: number,
  withinDays: number | undefined,
): number => {
  if (activity === undefined) return 0;
  return withinDays === undefined ? activity[0] : countWithin(activity, today, withinDays);
};

/** Without a bound it must have occurred at least once. */
export const boundsOf = ({ atLeast, atMost }: Pick<CountTests, 'atLeast' | 'atMost'>) => ({
  least: atLeast ?? (atMost === undefined ? 1 : 0),
  most: atMost ?? Number.POSITIVE_INFINITY,
});

const compileCount = (read: ReadActivity, tests: CountTests): Test => {
  const { withinDays } = tests;
  const { least, most } = boundsOf(tests);
  return ({ facts, today }) => {
    const count = countOf(read(facts), today, withinDays);
    return count >= least && count <= most ? yes : no;
  };
};

const letterIs = (letter: Letter, wanted: 'pass' | 'fail' | 'unknown'): Test => {
  const index = letters.indexOf(letter);
  if (wanted === 'unknown') return ({ bant }) => (bant[index] === unknown ? yes : no);
  const truth = wanted === 'pass' ? yes : no;
  return ({ bant }) => {
    const given = bant[index] as Truth;
    return given === unknown ? unknown : given === truth ? yes : no;
  };
};

const compileAll =
  (tests: readonly Test[]): Test =>
  (reading) => {
    let all: Truth = yes;
    for (const test of tests) {
      const truth = test(reading);
      if (truth === no) return no;
      if (truth === unknown) all = unknown;
    }
    return all;
  };

const compileAny =
  (tests: readonly Test[]): Test =>
  (reading) => {
    let any: Truth = no;
    for (const test of tests) {
      const truth = test(reading);
      if (truth === yes) return yes;
      if (truth === unknown) any = unknown;
    }
    return any;
  };

const negate = (truth: Truth): Truth => (truth === unknown ? unknown : truth === yes ? no : yes);

/** Turns a checked condition into a function. Done once a model, so that evaluation only calls closures. */
export const compileCondition = (condition: Condition, layout: FactLayout = createFactLayout()): Test => {
  const compile = (inner: Condition): Test => compileCondition(inner, layout);
  if ('all' in condition) return compileAll(condition.all.map(compile));
  if ('any' in condition) return compileAny(condition.any.map(compile));
  if ('not' in condition) {
    const test = compile(condition.not);
    return (reading) => negate(test(reading));
  }
  if ('attribute' in condition) {
    return compileValue(layout.valueOf('attributes', condition.attribute), condition);
  }
  if ('answer' in condition) return compileValue(layout.valueOf('answers', condition.answer), condition);
  if ('activity' in condition) return compileCount(layout.activityOf(condition.activity), condition);
  if ('outcome' in condition) {
    const { outcome } = condition;
    const { least, most } = boundsOf(condition);
    return ({ facts }) => {
      const count = facts.outcomes[outcome]?.[0] ?? 0;
      return count >= least && count <= most ? yes : no;
    };
  }
  if ('bant' in condition) return letterIs(condition.bant, condition.is);
  if ('bantMet' in condition) {
    const wanted = condition.bantMet;
    return ({ bantMet }) => (wanted ? bantMet : negate(bantMet));
  }
  return condition satisfies never;
};
