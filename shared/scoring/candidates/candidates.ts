import type { FactValue } from '../../../events/index.ts';
import type { ModelDocument } from '../document/model.ts';
import type { AttributeDescription, Question } from '../document/vocabulary.ts';
import type { Facts, Wording } from '../facts.ts';
import { foldCase } from '../values/fold-case.ts';
import { normaliseText } from '../values/normalise.ts';
import { compileWords } from '../values/words.ts';
import { computeClasses, type NumberDomain, type NumberRange } from './number-classes.ts';
import { listSubsets, type Tried } from './sets.ts';
import { computeCutsAround, listSteadyQuestions } from './steady.ts';
import { collectTests, noTests, type Tests } from './tests-of-names.ts';
import { listWordings, type WordingClass } from './wordings.ts';

/**
 * A value that a model distinguishes from the others, and the class of values for which it stands. Without `range`,
 * `other` or `any` it stands for itself alone.
 */
export interface Candidate {
  readonly value: FactValue;
  /** Present if the value stands for a range of numbers. */
  readonly range?: NumberRange;
  /** Present if the value stands for everything of its kind, a text or a list, that has nothing the model looks for. */
  readonly other?: true;
  /** Present if the value stands for every text, since the model looks for no text in particular. */
  readonly any?: true;
  /** Present, with its class, if the model looks at how the answer is worded. */
  readonly wording?: Wording;
  readonly wordingClass?: WordingClass;
}

/** The values that make a difference to a model, by the names that it reads. */
export interface Candidates {
  readonly attributes: ReadonlyMap<string, readonly Candidate[]>;
  readonly answers: ReadonlyMap<string, readonly Candidate[]>;
  /** The counts that make a difference, 0 among them, in ascending order. */
  readonly activities: ReadonlyMap<string, readonly number[]>;
  readonly outcomes: ReadonlyMap<string, readonly number[]>;
  /** Whether these are all; of names with very many values, they are only some. */
  readonly complete: boolean;
}

type Described = Question | AttributeDescription | undefined;

/** Texts that no model is likely to look for, one of which it does not. */
const fillers = ['◇', '◆', '○', '●'];

const toCandidate = (value: FactValue): Candidate => ({ value });

/** Whether the model looks for an entry, or for words in it, as the evaluator finds them. */
const isSought = (entry: string, { fragments, places }: Tests): boolean => {
  const text = normaliseText(entry);
  return [...fragments].some(
    (fragment) =>
      foldCase(text) === foldCase(normaliseText(fragment)) ||
      (places.has('word') && compileWords(fragment)(text)),
  );
};

/** Returns lists of what the model looks for, in every combination, and one of what it doesn't. */
const lists = (tests: Tests, entries: readonly string[]): Tried<Candidate> => {
  const wanted = entries.filter((entry) => isSought(entry, tests));
  const other = entries.find((entry) => !wanted.includes(entry));
  const { all, complete } = listSubsets(wanted);
  return {
    all: all.map((subset) =>
      subset.length === 0
        ? { value: other === undefined ? [] : [other], other: true }
        : { value: [...subset] },
    ),
    complete,
  };
};

const numbers = ({ cuts }: Tests, domain: NumberDomain): Candidate[] => computeClasses(cuts, domain);

/** Whether every text with some of the fragments is like those in which they are joined by blanks. */
const areAllAlike = ({ fragments, places }: Tests): boolean =>
  [...fragments].every((fragment) => fragment === normaliseText(fragment)) &&
  ([...places].every((place) => place === 'anywhere') || (fragments.size < 2 && places.size < 2));

/** Returns the texts that the model looks for, together and apart, and one that it doesn't. */
const texts = (tests: Tests): Tried<Candidate> => {
  const { literals, fragments } = tests;
  const { all, complete } = listSubsets([...fragments]);
  const wanted = [
    ...[...literals].map(toCandidate),
    ...all.filter((some) => some.length > 0).map((some) => toCandidate(some.join(' '))),
  ];
  const filler = fillers.find((text) => !fragments.has(text)) ?? '';
  const rest: Candidate = { value: filler, ...(wanted.length === 0 ? { any: true } : { other: true }) };
  return { all: [...wanted, rest], complete: complete && areAllAlike(tests) };
};

const isComplete = (tried: readonly Tried<Candidate>[]): boolean => tried.every(({ complete }) => complete);

const joined = (...tried: readonly Tried<Candidate>[]): Tried<Candidate> => ({
  all: tried.flatMap(({ all }) => all),
  complete: isComplete(tried),
});

const whole = (all: readonly Candidate[]): Tried<Candidate> => ({ all, complete: true });

/** Returns all that a name is compared with which the model doesn't describe, and something that it isn't. */
const undescribed = (tests: Tests): Tried<Candidate> => {
  const hasNumbers = tests.cuts.length > 0;
  const hasFragments = tests.fragments.size > 0;
  return joined(
    texts(tests),
    // A text can be a number and contain a fragment; of these none is tried.
    { all: hasNumbers ? numbers(tests, {}) : [], complete: !(hasNumbers && hasFragments) },
    hasFragments ? lists(tests, [...tests.fragments]) : whole([]),
  );
};

const listValues = (described: Described, tests: Tests): Tried<Candidate> => {
  switch (described?.kind) {
    case undefined:
      return undescribed(tests);
    case 'choice':
      return whole(described.values.map(toCandidate));
    case 'list':
      return lists(tests, described.values.map(String));
    case 'yesNo':
      return whole([toCandidate(true), toCandidate(false)]);
    case 'number':
      return whole(numbers(tests, described));
    case 'text':
      return texts(tests);
    default:
      return described satisfies never;
  }
};

/** The most ways of answering one question of which every one is tried. */
const mostAnswers = 400;

/**
 * Returns every value in every wording. If there are very many: every value in the barest and the richest wording, and
 * one value in all wordings.
 */
const listAnswers = (described: Described, tests: Tests): Tried<Candidate> => {
  const values = listValues(described, tests);
  const wordings = listWordings(tests.words, tests.figures);
  const [barest, richest] = [wordings.all[0], wordings.all.at(-1)];
  if (barest === undefined || richest === undefined) return values;
  const [first, ...others] = values.all as [Candidate, ...Candidate[]];
  if (values.all.length * wordings.all.length <= mostAnswers) {
    const all = values.all.flatMap((value) => wordings.all.map((wording) => ({ ...value, ...wording })));
    return { all, complete: values.complete && wordings.complete };
  }
  return {
    all: [
      ...wordings.all.map((wording) => ({ ...first, ...wording })),
      ...others.flatMap((value) => [
        { ...value, ...barest },
        { ...value, ...richest },
      ]),
    ],
    complete: false,
  };
};

const each = <T, U>(map: ReadonlyMap<string, T>, of: (value: T, name: string) => U): Map<string, U> =>
  new Map([...map].map(([name, value]) => [name, of(value, name)]));

const ascending = (counts: ReadonlySet<number>): number[] => [...counts].sort((a, b) => a - b);

/**
 * Returns the function that lists, for each name that a model reads, one value of each class that the model
 * distinguishes. Which values contradict each other depends on the answers that the lead has given. If the candidates
 * are complete, to try them all is to try every answer that there is.
 */
export const createCandidatesAfter = (
  document: ModelDocument,
): ((answers: Facts['answers']) => Candidates) => {
  const tests = collectTests(document);
  const { questions = {}, attributes = {} } = document;
  const ofAttributes = each(tests.attributes, (own, name) =>
    listValues(Object.hasOwn(attributes, name) ? attributes[name] : undefined, own),
  );
  const ofAnswers = each(tests.answers, (own, name) =>
    listAnswers(Object.hasOwn(questions, name) ? questions[name] : undefined, own),
  );
  const beforeAnswers: Candidates = {
    attributes: each(ofAttributes, ({ all }) => all),
    answers: each(ofAnswers, ({ all }) => all),
    activities: each(tests.activities, ascending),
    outcomes: each(tests.outcomes, ascending),
    complete: tests.exhaustive && isComplete([...ofAttributes.values(), ...ofAnswers.values()]),
  };
  const steady = listSteadyQuestions(document);
  return (answers) => {
    const anew = steady.flatMap(([name, question]) => {
      const said = Object.hasOwn(answers, name) ? answers[name] : undefined;
      if (said === undefined) return [];
      const own = tests.answers.get(name) ?? noTests();
      const cuts = [...own.cuts, ...computeCutsAround(question, said)];
      return [{ name, tried: listAnswers(question, { ...own, cuts }) }];
    });
    return {
      ...beforeAnswers,
      answers: new Map([
        ...beforeAnswers.answers,
        ...anew.map(({ name, tried }) => [name, tried.all] as const),
      ]),
      complete: beforeAnswers.complete && isComplete(anew.map(({ tried }) => tried)),
    };
  };
};
