import { type AnswerFact, type Facts, normaliseValue } from '../scoring/index.ts';
import { withAnswer } from './answers.ts';

const normaliseAnswer = ([value, at, wording, earlier = []]: AnswerFact): AnswerFact =>
  withAnswer(
    earlier.reduce<AnswerFact | undefined>(
      (fact, [before, when]) => withAnswer(fact, normaliseValue(before), when),
      undefined,
    ),
    normaliseValue(value),
    at,
    wording ?? null,
  );

const each = <T>(bag: Readonly<Record<string, T>>, normalise: (fact: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(bag).map(([name, fact]) => [name, normalise(fact)]));

/**
 * Normalises facts that were stored with a merge: an old ledger may have them as they were before values were
 * normalised. Facts that were folded through it stay as they are.
 */
export const normaliseFacts = (facts: Facts): Facts => ({
  ...facts,
  attributes: each(facts.attributes, ([value, at]) => [normaliseValue(value), at]),
  answers: each(facts.answers, normaliseAnswer),
});
