import type { FactValue } from '../../../../events/index.ts';
import { type Cut, computeClasses } from '../../candidates/number-classes.ts';
import { everySubset } from '../../candidates/sets.ts';
import type { Tests } from '../../candidates/tests-of-names.ts';
import type { ValueCondition } from '../../document/condition.ts';
import type { Wording } from '../../facts.ts';
import { type Distinctions, type Fragment, listUsedOperators } from '../../operators/index.ts';
import { foldCase } from '../../values/fold-case.ts';
import { readLiteral } from '../../values/literals.ts';
import { compose, normaliseValue } from '../../values/normalise.ts';
import { spellWords } from '../../values/words.ts';
import type { Domain } from '../domains.ts';

/** More than this of one name is more than any search goes through. */
const mostValues = 1_000;

/** A character that is in no name and no word, so that joining texts by it makes no other words. */
const gap = '\u0001';

/** A letter that no model looks for. What it is glued to is no whole word any more. */
const glue = 'ᚠ';

/** The texts that tests look for, composed and folded, by where they look. */
type Sought = Readonly<Record<Fragment['where'], readonly string[]>>;

const collectDistinctions = (tests: readonly ValueCondition[]): Distinctions[] =>
  tests.flatMap((test) =>
    listUsedOperators(test).map(({ operator, operand }) => operator.distinguishes(operand)),
  );

const collectSought = (distinctions: readonly Distinctions[]): Sought => {
  const fragments = distinctions.flatMap((one) => one.fragments ?? []);
  const at = (place: Fragment['where']) => [
    ...new Set(fragments.flatMap(({ text, where }) => (where === place ? foldCase(compose(text)) : []))),
  ];
  return { anywhere: at('anywhere'), start: at('start'), end: at('end'), word: at('word') };
};

/** Returns every choice of one from each of some lists. */
const everyChoice = (lists: readonly (readonly string[])[]): string[][] =>
  lists.reduce<string[][]>(
    (choices, list) => choices.flatMap((choice) => list.map((one) => [...choice, one])),
    [[]],
  );

/**
 * Returns other spellings of words, which a test for letters doesn't find: "c.t.o" for "cto", and words that are parted
 * by no blank.
 */
const spellOtherwise = (words: string): string[] => spellWords(words, gap).filter((text) => text !== words);

/**
 * Returns a text for each combination of results: any start, any end, and any of the other fragments between. Whatever
 * else such a text contains lies within those fragments, so it satisfies that anyway. If whole words are looked for,
 * each fragment is also there as a part of a longer word, and the fragments are also parted by a word of its own, so
 * that two of them don't make the words that a third one looks for.
 */
const combineTexts = ({ anywhere, start, end, word }: Sought): string[] | undefined => {
  const hasWords = word.length > 0;
  const choices = [
    ['', ...start.flatMap((text) => (hasWords ? [text, `${text}${glue}`] : [text]))],
    ...anywhere.map((text) => (hasWords ? ['', text, `${glue}${text}${glue}`] : ['', text])),
    ...word.map((text) => ['', text, ...(anywhere.length > 0 ? spellOtherwise(text) : [])]),
    ['', ...end.flatMap((text) => (hasWords ? [text, `${glue}${text}`] : [text]))],
  ];
  if (choices.reduce((product, { length }) => product * length, 1) > mostValues) return undefined;
  const gaps = hasWords ? [gap, `${gap}${glue}${gap}`] : [gap];
  return everyChoice(choices).flatMap((choice) => {
    const parts = choice.filter((text) => text !== '');
    const before = choice[0] === '' ? gap : '';
    const after = choice.at(-1) === '' ? gap : '';
    return gaps.map((between) => `${before}${parts.join(between)}${after}`);
  });
};

/** Returns lists with any of the entries; one that has a word, and isn't the word, tells the two tests apart. */
const combineLists = ({ anywhere, word }: Sought): string[][] | undefined => {
  const entries = [...anywhere, ...word.map((text) => `${text}${gap}${glue}`)];
  return entries.length > 9 ? undefined : everySubset(entries);
};

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
    literals.some((value) => typeof readLiteral(value) === 'number'),
  );

/**
 * Whether tests look for parts of a text as well as for numbers, or yes or no. A text such as "120" can pass both, and
 * which texts do can't be listed.
 */
const mixesPartsAndNumbers = (distinctions: readonly Distinctions[]): boolean =>
  distinctions.some(({ fragments = [] }) => fragments.length > 0) &&
  distinctions.some(
    ({ cuts = [], literals = [] }) =>
      cuts.length > 0 || literals.some((literal) => typeof readLiteral(literal) !== 'string'),
  );

const listValues = (
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
  if (domain?.kind !== 'list' && mixesPartsAndNumbers(distinctions)) return undefined;
  const sought = collectSought(distinctions);
  const lists = combineLists(sought);
  if (domain?.kind === 'list') return lists;
  const texts = combineTexts(sought);
  if (texts === undefined || lists === undefined) return undefined;
  const literals = [...known.literals];
  if (domain?.kind === 'text') return [...literals.filter((value) => typeof value === 'string'), ...texts];
  return [...literals, ...texts, ...lists, ...chooseNumbers(known.cuts, undefined)];
};

/** Returns values as facts would have them; an empty text is none. */
const asFacts = (values: readonly FactValue[] | undefined): FactValue[] | undefined =>
  values?.map(normaliseValue).filter((value) => value !== null);

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
): FactValue[] | undefined => asFacts(listValues(domain, known, tests));

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
