import type { FactValue } from '../../events/index.ts';
import { type Condition, type CountTests, type Letter, letters, type ValueTests } from './condition.ts';
import { createFactLayout, type FactLayout } from './fact-layout.ts';
import { type ActivityCounts, countWithin, type Facts } from './facts.ts';

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

type ValueTest = (value: NonNullable<FactValue>) => boolean;

const textTest =
  (test: (text: string) => boolean): ValueTest =>
  (value) =>
    typeof value === 'string' && test(value.toLowerCase());

const containsTest = (wanted: string): ValueTest => {
  const lower = wanted.toLowerCase();
  return (value) =>
    typeof value === 'string'
      ? value.toLowerCase().includes(lower)
      : Array.isArray(value) && value.some((entry) => entry.toLowerCase() === lower);
};

const numberTest =
  (test: (given: number) => boolean): ValueTest =>
  (value) =>
    typeof value === 'number' && test(value);

/** One factory an operator; a new operator without one does not compile. */
const factories: {
  [Op in Exclude<keyof ValueTests, 'known'>]-?: (wanted: NonNullable<ValueTests[Op]>) => ValueTest;
} = {
  is: (wanted) => (value) => value === wanted,
  isNot: (wanted) => (value) => value !== wanted,
  in: (wanted) => {
    const set = new Set<unknown>(wanted);
    return (value) => set.has(value);
  },
  notIn: (wanted) => {
    const set = new Set<unknown>(wanted);
    return (value) => !set.has(value);
  },
  atLeast: (wanted) => numberTest((given) => given >= wanted),
  atMost: (wanted) => numberTest((given) => given <= wanted),
  above: (wanted) => numberTest((given) => given > wanted),
  below: (wanted) => numberTest((given) => given < wanted),
  contains: containsTest,
  startsWith: (wanted) => {
    const lower = wanted.toLowerCase();
    return textTest((text) => text.startsWith(lower));
  },
  endsWith: (wanted) => {
    const lower = wanted.toLowerCase();
    return textTest((text) => text.endsWith(lower));
  },
};

const valueTests = (tests: ValueTests): ValueTest[] =>
  (Object.keys(factories) as (keyof typeof factories)[]).flatMap((operator) => {
    const wanted = tests[operator];
    // The factory picked by `operator` takes that operator's operand; the lookup hides it from the compiler.
    return wanted === undefined ? [] : [(factories[operator] as (operand: unknown) => ValueTest)(wanted)];
  });

const compileValue = (read: (facts: Facts) => FactValue | undefined, tests: ValueTests): Test => {
  const [first, ...others] = valueTests(tests);
  const { known } = tests;
  if (known !== undefined && first === undefined) {
    return ({ facts }) => (((read(facts) ?? null) === null) === known ? no : yes);
  }
  return ({ facts }) => {
    const value = read(facts);
    if (value === undefined || value === null) return known === true ? no : unknown;
    if (known === false || first === undefined || !first(value)) return no;
    for (const other of others) if (!other(value)) return no;
    return yes;
  };
};

/** Without a bound an activity must have occurred at least once. */
const compileCount = (
  read: (facts: Facts) => ActivityCounts | undefined,
  { atLeast, atMost, withinDays }: CountTests,
): Test => {
  const least = atLeast ?? (atMost === undefined ? 1 : 0);
  const most = atMost ?? Number.POSITIVE_INFINITY;
  return ({ facts, today }) => {
    const activity = read(facts);
    const count =
      activity === undefined
        ? 0
        : withinDays === undefined
          ? activity[0]
          : countWithin(activity, today, withinDays);
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

export const negate = (truth: Truth): Truth => (truth === unknown ? unknown : truth === yes ? no : yes);

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
    const { outcome, atLeast, atMost } = condition;
    const least = atLeast ?? (atMost === undefined ? 1 : 0);
    const most = atMost ?? Number.POSITIVE_INFINITY;
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
