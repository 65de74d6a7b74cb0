import type { AnswerFlag } from '../document/answer-flags.ts';
import type { Condition, CountTests } from '../document/condition.ts';
import { type Letter, letters } from '../document/letters.ts';
import { type SlidePart, type SlideStatus, slideParts } from '../document/slide-parts.ts';
import { countDaysWithin, countWithin, longestWindow } from '../facts.ts';
import { negate, no, type Reading, type Test, type Truth, unknown, yes } from '../reading.ts';
import { createFactLayout, type FactLayout } from './fact-layout.ts';
import { compileReader } from './subject.ts';
import { compileValue } from './value.ts';

type Count = (reading: Reading) => number;

/** Compiles how often an activity occurred, within the last days if given; one that never did, occurred 0 times. */
export const compileActivityCount = (
  { activity, withinDays }: { readonly activity: string; readonly withinDays?: number | undefined },
  layout: FactLayout,
): Count => {
  const read = layout.reserveActivity(activity);
  if (withinDays === undefined) return (reading) => read(reading)?.[0] ?? 0;
  return (reading) => {
    const counts = read(reading);
    return counts === undefined ? 0 : countWithin(counts, reading.today, withinDays);
  };
};

/** Returns the bounds of a count; without any, it must have occurred at least once. */
export const resolveBounds = ({ atLeast, atMost }: Pick<CountTests, 'atLeast' | 'atMost'>) => ({
  least: atLeast ?? (atMost === undefined ? 1 : 0),
  most: atMost ?? Number.POSITIVE_INFINITY,
});

/**
 * Compiles on how many days an activity occurred: of the last days if given, else of the longest window, since the
 * counts of earlier days aren't stored.
 */
export const compileDayCount = (
  {
    activity,
    withinDays = longestWindow,
  }: { readonly activity: string; readonly withinDays?: number | undefined },
  layout: FactLayout,
): Count => {
  const read = layout.reserveActivity(activity);
  return (reading) => {
    const counts = read(reading);
    return counts === undefined ? 0 : countDaysWithin(counts, reading.today, withinDays);
  };
};

const compileCount = (count: Count, tests: CountTests): Test => {
  const { least, most } = resolveBounds(tests);
  return (reading) => {
    const times = count(reading);
    return times >= least && times <= most ? yes : no;
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

/** Counts judged answers; a count of short, long or specific ones isn't known before there is an answer. */
const countAnswers = (flag: AnswerFlag, tests: CountTests): Test => {
  const { least, most } = resolveBounds(tests);
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

/** Holds if at least so many tests do; not known as long as those that are not known could make it hold. */
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
 * Compiles a checked condition into a function. Called once for each model, so that evaluation only calls closures.
 *
 * @param mayBecomeKnown whether to compile what the condition may still become: then every test of a value that is not
 * known is open, even the test `known`
 */
export const compileCondition = (
  condition: Condition,
  layout: FactLayout = createFactLayout(),
  mayBecomeKnown = false,
): Test => {
  const compile = (inner: Condition): Test => compileCondition(inner, layout, mayBecomeKnown);
  if ('all' in condition) return compileAll(condition.all.map(compile));
  if ('any' in condition) return compileAny(condition.any.map(compile));
  if ('not' in condition) {
    const test = compile(condition.not);
    return (reading) => negate(test(reading));
  }
  if ('some' in condition) return compileSome(condition.some.map(compile), condition.atLeast);
  if ('activity' in condition) {
    const { activity, withinDays } = condition;
    if (withinDays !== undefined) {
      layout.noteWindowTest({ activity, withinDays, ...resolveBounds(condition) });
    }
    return compileCount(compileActivityCount(condition, layout), condition);
  }
  if ('outcome' in condition) {
    const { outcome } = condition;
    return compileCount(({ facts }) => facts.outcomes[outcome]?.[0] ?? 0, condition);
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
  return compileValue(compileReader(condition, layout), condition, mayBecomeKnown);
};
