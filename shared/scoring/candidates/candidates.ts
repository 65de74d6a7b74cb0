import type { FactValue } from '../../../events/index.ts';
import type { ModelDocument } from '../document/model.ts';
import type { AttributeDescription, Question } from '../document/vocabulary.ts';
import type { Wording } from '../facts.ts';
import { classesOf, labelOf } from './number-classes.ts';
import { type Tests, testsOfNames } from './tests-of-names.ts';
import { wordingsOf } from './wordings.ts';

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
}

type Described = Question | AttributeDescription | undefined;

const otherText = 'something else';

const label = (value: FactValue): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none of them' : value.join(', ');
  return String(value);
};

const plainCandidate = (value: FactValue): Candidate => ({ value, label: label(value) });

const lists = (entries: readonly string[]): Candidate[] => [
  ...entries.map((entry) => plainCandidate([entry])),
  ...(entries.length > 1 ? [plainCandidate([...entries])] : []),
  plainCandidate([]),
];

const numbers = (
  { cuts }: Tests,
  range: { from?: number | undefined; to?: number | undefined },
): Candidate[] =>
  classesOf(cuts, range).map((numberClass) => ({ value: numberClass.value, label: labelOf(numberClass) }));

/** Texts that the model looks for, and one that it doesn't. */
const texts = ({ literals, fragments }: Tests): Candidate[] => {
  const wanted = [...literals, ...fragments].map(plainCandidate);
  return [...wanted, { value: otherText, label: wanted.length === 0 ? 'given' : otherText }];
};

/** Of a name that the model doesn't describe: all that it is compared with, and something that it isn't. */
const undescribed = (tests: Tests): Candidate[] => {
  return [
    ...texts(tests),
    ...(tests.fragments.size > 0 ? lists([...tests.fragments]) : []),
    ...(tests.cuts.length > 0 ? numbers(tests, {}) : []),
  ];
};

const valuesOf = (described: Described, tests: Tests): Candidate[] => {
  switch (described?.kind) {
    case undefined:
      return undescribed(tests);
    case 'choice':
      return described.values.map(plainCandidate);
    case 'list':
      return lists(described.values.map(String));
    case 'yesNo':
      return [plainCandidate(true), plainCandidate(false)];
    case 'number':
      return numbers(tests, described);
    case 'text':
      return texts(tests);
    default:
      return described satisfies never;
  }
};

const answersOf = (described: Described, tests: Tests): Candidate[] => {
  const values = valuesOf(described, tests);
  const wordings = wordingsOf(tests.words, tests.figures);
  if (wordings.length === 0) return values;
  return values.flatMap((candidate) =>
    wordings.map(({ wording, label: how }) => ({
      value: candidate.value,
      wording,
      label: candidate.value === otherText ? how : `${candidate.label}, in ${how}`,
    })),
  );
};

const each = <T, U>(map: ReadonlyMap<string, T>, of: (value: T, name: string) => U): Map<string, U> =>
  new Map([...map].map(([name, value]) => [name, of(value, name)]));

const ascending = (counts: ReadonlySet<number>): number[] => [...counts].sort((a, b) => a - b);

/**
 * For each name that a model reads, one value of each class between which the model can tell. To try them all is to try
 * every answer that there is.
 */
export const candidatesOf = (document: ModelDocument): Candidates => {
  const tests = testsOfNames(document);
  const { questions = {}, attributes = {} } = document;
  return {
    attributes: each(tests.attributes, (own, name) => valuesOf(attributes[name], own)),
    answers: each(tests.answers, (own, name) => answersOf(questions[name], own)),
    activities: each(tests.activities, ascending),
    outcomes: each(tests.outcomes, ascending),
  };
};
