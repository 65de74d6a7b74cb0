import type { AnswerFlag } from '../document/answer-flags.ts';
import type { Condition, CountTests, ValueTests } from '../document/condition.ts';
import { type Letter, letters } from '../document/letters.ts';
import { type SlidePart, type SlideStatus, slideParts } from '../document/slide-parts.ts';
import { type ActivityCounts, countWithin } from '../facts.ts';
import { negate, no, type Reading, type Truth, unknown, yes } from '../reading.ts';
import { createFactLayout, type FactLayout, type ReadActivity, type ReadValue } from './fact-layout.ts';
import { readerOf } from './subject.ts';
import { checksOf, holds } from './value-check.ts';

export type Test = (reading: Reading) => Truth;

const compileValue = (read: ReadValue, tests: ValueTests, mayBeSaid: boolean): Test => {
  const [first, ...others] = checksOf(tests);
  const { known } = tests;
  if (known !== undefined && first === undefined) {
    const missing = mayBeSaid ? unknown : known ? no : yes;
    const there = known ? yes : no;
    return (reading) => ((read(reading) ?? null) === null ? missing : there);
  }
  return (reading) => {
    const value = read(reading);
    if (value === undefined || value === null) return known === true && !mayBeSaid ? no : unknown;
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
  return (reading) => {
    const count = countOf(read(reading), reading.today, withinDays);
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

const slideIs = (part: SlidePart, wanted: SlideStatus): Test => {
  const index = slideParts.indexOf(part);
  return ({ found: { slide, slideOpen } }) => {
    if (slide[index] === wanted) return yes;
    // What is missing may be there once somebody asks.
    const open = slideOpen[index];
    if (wanted === 'complete') return open === 'complete' ? unknown : no;
    return wanted === 'partial' && slide[index] === 'missing' && open !== undefined ? unknown : no;
  };
};

/** How many answers are so; what is said of answers isn't known before there is one. */
const countAnswers = (flag: AnswerFlag, tests: CountTests): Test => {
  const { least, most } = boundsOf(tests);
  return ({ found }) => {
    if (flag !== 'contradictory' && found.answered === 0) return unknown;
    const count = found[flag];
    return count >= least && count <= most ? yes : no;
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

/** At least so many of the tests; not known while those that nobody can tell yet could make it so. */
const compileSome =
  (tests: readonly Test[], atLeast: number): Test =>
  (reading) => {
    let holding = 0;
    let open = 0;
    for (const test of tests) {
      const truth = test(reading);
      if (truth === yes) holding++;
      else if (truth === unknown) open++;
    }
    if (holding >= atLeast) return yes;
    return holding + open >= atLeast ? unknown : no;
  };

/**
 * Turns a checked condition into a function. Done once a model, so that evaluation only calls closures.
 *
 * @param mayBeSaid asks what may become of it: whether something is known is then itself not known while it isn't
 */
export const compileCondition = (
  condition: Condition,
  layout: FactLayout = createFactLayout(),
  mayBeSaid = false,
): Test => {
  const compile = (inner: Condition): Test => compileCondition(inner, layout, mayBeSaid);
  if ('all' in condition) return compileAll(condition.all.map(compile));
  if ('any' in condition) return compileAny(condition.any.map(compile));
  if ('not' in condition) {
    const test = compile(condition.not);
    return (reading) => negate(test(reading));
  }
  if ('some' in condition) return compileSome(condition.some.map(compile), condition.atLeast);
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
  if ('answering' in condition) return countAnswers(condition.answering, condition);
  if ('slide' in condition) return slideIs(condition.slide, condition.is);
  if ('demoReady' in condition) {
    const wanted = condition.demoReady;
    return ({ found: { demoReady } }) => (wanted ? demoReady : negate(demoReady));
  }
  return compileValue(readerOf(condition, layout), condition, mayBeSaid);
};
