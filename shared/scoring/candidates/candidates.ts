import type { FactValue } from '../../../events/index.ts';
import type { ModelDocument } from '../document/model.ts';
import type { AttributeDescription, Question } from '../document/vocabulary.ts';
import type { Wording } from '../facts.ts';
import { classesOf, labelOf } from './number-classes.ts';
import { subsetsOf, type Tried } from './sets.ts';
import { type Tests, testsOfNames } from './tests-of-names.ts';
import { type WordingCandidate, wordingsOf } from './wordings.ts';

/** A value that stands for all between which the model can't tell. */
export interface Candidate {
  readonly value: FactValue;
  /** How the answer is given, where the model looks at that. */
  readonly wording?: Wording;
  /** What it stands for, such as "approved", "from 80, below 90", "in 8 words or more, with figures". */
  readonly label: string;
}

/** Of each name that a model reads, the values that make a difference to it. */
export interface Candidates {
  readonly attributes: ReadonlyMap<string, readonly Candidate[]>;
  readonly answers: ReadonlyMap<string, readonly Candidate[]>;
  /** How often, 0 among them, in ascending order. */
  readonly activities: ReadonlyMap<string, readonly number[]>;
  readonly outcomes: ReadonlyMap<string, readonly number[]>;
  /** Whether these are all: of names with very many, only some are tried. */
  readonly complete: boolean;
}

type Described = Question | AttributeDescription | undefined;

/** Texts that no model is likely to look for, one of which it does not. */
const fillers = ['◇', '◆', '○', '●'];
const somethingElse = 'something else';
const given = 'given';

const label = (value: FactValue): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none of them' : value.join(', ');
  return String(value);
};

const plainCandidate = (value: FactValue): Candidate => ({ value, label: label(value) });

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Lists of what the model looks for, in every combination, and of what it doesn't. */
const lists = ({ fragments }: Tests, entries: readonly string[]): Tried<Candidate> => {
  const wanted = entries.filter((entry) => [...fragments].some((fragment) => isSame(fragment, entry)));
  const other = entries.find((entry) => !wanted.includes(entry));
  const { all, complete } = subsetsOf(wanted);
  return {
    all: all.map((subset) => ({
      value: subset.length === 0 && other !== undefined ? [other] : [...subset],
      label: label([...subset]),
    })),
    complete,
  };
};

const numbers = (
  { cuts }: Tests,
  range: { from?: number | undefined; to?: number | undefined },
): Candidate[] =>
  classesOf(cuts, range).map((numberClass) => ({ value: numberClass.value, label: labelOf(numberClass) }));

/** Texts that the model looks for, together and apart, and one that it doesn't. */
const texts = ({ literals, fragments, edges }: Tests): Tried<Candidate> => {
  const { all, complete } = subsetsOf([...fragments]);
  const wanted = [
    ...[...literals].map(plainCandidate),
    ...all.filter((some) => some.length > 0).map((some) => plainCandidate(some.join(' '))),
  ];
  const filler = fillers.find((text) => !fragments.has(text)) ?? '';
  const other = { value: filler, label: wanted.length === 0 ? given : somethingElse };
  return { all: [...wanted, other], complete: complete && (!edges || fragments.size < 2) };
};

const joined = (...tried: readonly Tried<Candidate>[]): Tried<Candidate> => ({
  all: tried.flatMap(({ all }) => all),
  complete: tried.every(({ complete }) => complete),
});

const whole = (all: readonly Candidate[]): Tried<Candidate> => ({ all, complete: true });

/** Of a name that the model doesn't describe: all that it is compared with, and something that it isn't. */
const undescribed = (tests: Tests): Tried<Candidate> =>
  joined(
    texts(tests),
    whole(tests.cuts.length > 0 ? numbers(tests, {}) : []),
    tests.fragments.size > 0 ? lists(tests, [...tests.fragments]) : whole([]),
  );

const valuesOf = (described: Described, tests: Tests): Tried<Candidate> => {
  switch (described?.kind) {
    case undefined:
      return undescribed(tests);
    case 'choice':
      return whole(described.values.map(plainCandidate));
    case 'list':
      return lists(tests, described.values.map(String));
    case 'yesNo':
      return whole([plainCandidate(true), plainCandidate(false)]);
    case 'number':
      return whole(numbers(tests, described));
    case 'text':
      return texts(tests);
    default:
      return described satisfies never;
  }
};

/** Ways of answering one question that are all tried. */
const mostAnswers = 400;

const worded = ({ value, label: what }: Candidate, { wording, label: how }: WordingCandidate): Candidate => ({
  value,
  wording,
  label: what === given || what === somethingElse ? how : `${what}, in ${how}`,
});

/** Every value in every wording; of very many, every value in the barest and the richest, and one value in them all. */
const answersOf = (described: Described, tests: Tests): Tried<Candidate> => {
  const values = valuesOf(described, tests);
  const wordings = wordingsOf(tests.words, tests.figures);
  const [barest, richest] = [wordings.all[0], wordings.all.at(-1)];
  if (barest === undefined || richest === undefined) return values;
  const [first, ...others] = values.all as [Candidate, ...Candidate[]];
  if (values.all.length * wordings.all.length <= mostAnswers) {
    const all = values.all.flatMap((value) => wordings.all.map((wording) => worded(value, wording)));
    return { all, complete: values.complete && wordings.complete };
  }
  return {
    all: [
      ...wordings.all.map((wording) => worded(first, wording)),
      ...others.flatMap((value) => [worded(value, barest), worded(value, richest)]),
    ],
    complete: false,
  };
};

const each = <T, U>(map: ReadonlyMap<string, T>, of: (value: T, name: string) => U): Map<string, U> =>
  new Map([...map].map(([name, value]) => [name, of(value, name)]));

const ascending = (counts: ReadonlySet<number>): number[] => [...counts].sort((a, b) => a - b);

/**
 * For each name that a model reads, one value of each class between which the model can tell. Where these are complete, to
 * try them all is to try every answer that there is.
 */
export const candidatesOf = (document: ModelDocument): Candidates => {
  const tests = testsOfNames(document);
  const { questions = {}, attributes = {} } = document;
  const ofAttributes = each(tests.attributes, (own, name) => valuesOf(attributes[name], own));
  const ofAnswers = each(tests.answers, (own, name) => answersOf(questions[name], own));
  return {
    attributes: each(ofAttributes, ({ all }) => all),
    answers: each(ofAnswers, ({ all }) => all),
    activities: each(tests.activities, ascending),
    outcomes: each(tests.outcomes, ascending),
    complete:
      tests.exhaustive && [...ofAttributes.values(), ...ofAnswers.values()].every(({ complete }) => complete),
  };
};
