import type { FactValue } from '../../../../events/index.ts';
import { type Cut, computeClasses } from '../../candidates/number-classes.ts';
import { everySubset } from '../../candidates/sets.ts';
import type { Tests } from '../../candidates/tests-of-names.ts';
import type { ValueCondition } from '../../document/condition.ts';
import type { Wording } from '../../facts.ts';
import { type Distinctions, type Fragment, listUsedOperators } from '../../operators/index.ts';
import type { Domain } from '../domains.ts';

/** More than this of one name is more than any search goes through. */
const mostValues = 1_000;

/** A character that is in no name and no word, so that joining texts by it makes no other words. */
const gap = '\u0001';

/** The texts that tests look for, in lower case, by where they look. */
type Sought = Readonly<Record<Fragment['where'], readonly string[]>>;

const collectDistinctions = (tests: readonly ValueCondition[]): Distinctions[] =>
  tests.flatMap((test) =>
    listUsedOperators(test).map(({ operator, operand }) => operator.distinguishes(operand)),
  );

const collectSought = (distinctions: readonly Distinctions[]): Sought => {
  const fragments = distinctions.flatMap((one) => one.fragments ?? []);
  const at = (place: Fragment['where']) => [
    ...new Set(fragments.flatMap(({ text, where }) => (where === place ? text.toLowerCase() : []))),
  ];
  return { anywhere: at('anywhere'), start: at('start'), end: at('end') };
};

/**
 * Returns a text for each combination of results: any start, any end, and any of the other fragments between. Whatever
 * else such a text contains lies within those fragments, so it satisfies that anyway.
 */
const combineTexts = ({ anywhere, start, end }: Sought): string[] | undefined => {
  if (anywhere.length > 9) return undefined;
  const count = (start.length + 1) * (end.length + 1) * 2 ** anywhere.length;
  if (count > mostValues) return undefined;
  return ['', ...start].flatMap((first) =>
    ['', ...end].flatMap((last) => everySubset(anywhere).map((middle) => [first, ...middle, last].join(gap))),
  );
};

const combineLists = ({ anywhere }: Sought): string[][] | undefined =>
  anywhere.length > 9 ? undefined : everySubset(anywhere);

/** Numbers beside each cut, since a division may miss it by the last digit. */
const besides = ({ at }: Cut): number[] => {
  const little = Math.max(Math.abs(at), 1) * 1e-9;
  return [at - little, at, at + little];
};

const chooseNumbers = (cuts: readonly Cut[], domain: Domain | undefined): number[] => {
  const { from, to } = domain?.kind === 'number' ? domain : { from: undefined, to: undefined };
  const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;
  const least = from ?? NEGATIVE_INFINITY;
  const most = to ?? POSITIVE_INFINITY;
  return [
    ...computeClasses(cuts, { from, to }).map(({ value }) => value),
    ...cuts.flatMap(besides).filter((value) => value >= least && value <= most),
  ];
};

/** Whether a test compares with one quotient among all: which number gives it to the last digit can't be found. */
const isExactQuotient = (test: ValueCondition): boolean =>
  'relativeTo' in test &&
  test.relativeTo !== undefined &&
  collectDistinctions([test]).some(({ literals = [] }) =>
    literals.some((value) => typeof value === 'number'),
  );

/**
 * Returns values of a name, at least one of each class between which the tests distinguish.
 *
 * @param known all that the model compares the name with
 * @param tests those of the search
 * @returns undefined if there are too many, or a test has only examples of the values that it distinguishes
 */
export const chooseValues = (
  domain: Domain | undefined,
  known: Tests,
  tests: readonly ValueCondition[],
): FactValue[] | undefined => {
  const distinctions = collectDistinctions(tests);
  if (tests.some(isExactQuotient) || distinctions.some(({ examples }) => examples !== undefined)) {
    return undefined;
  }
  if (domain?.kind === 'choice') return [...domain.values];
  if (domain?.kind === 'yesNo') return [true, false];
  if (domain?.kind === 'number') return chooseNumbers(known.cuts, domain);
  const sought = collectSought(distinctions);
  const lists = combineLists(sought);
  if (domain?.kind === 'list') return lists;
  const texts = combineTexts(sought);
  if (texts === undefined || lists === undefined) return undefined;
  const literals = [...known.literals];
  if (domain?.kind === 'text') return [...literals.filter((value) => typeof value === 'string'), ...texts];
  return [...literals, ...texts, ...lists, ...chooseNumbers(known.cuts, undefined)];
};

/** Whole numbers around the cuts. */
const countsAround = (cuts: readonly Cut[]): number[] => [
  ...new Set(
    cuts
      .flatMap(({ at }) => [Math.floor(at) - 1, Math.floor(at), Math.floor(at) + 1, Math.floor(at) + 2])
      .filter((count) => count >= 0)
      .concat(0),
  ),
];

/** Returns ways to give an answer, one of each class. A figure is a word, too. */
export const chooseWordings = ({ words, figures }: Tests): Wording[] => {
  const ofFigures = countsAround(figures);
  const ofWords = [...new Set([...countsAround(words), ...ofFigures])];
  return ofWords.flatMap((count) =>
    ofFigures.filter((some) => some <= count).map((some): Wording => [count, some]),
  );
};
