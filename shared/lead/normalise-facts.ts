import {
  type AnswerFact,
  type Dated,
  type Facts,
  normaliseValue,
  type VerdictSource,
} from '../scoring/index.ts';
import { withAnswer } from './answers.ts';
import { withVerdict } from './verdicts.ts';

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

/** A verdict as old ledgers have it: with the id of its hand-off inside. */
type OldVerdict = Dated<VerdictSource & { readonly handoffId?: string }>;

/** Moves an old verdict that names its hand-off to those that do. */
const moveNamed = (facts: Facts, verdict: 'accepted' | 'rejected'): Facts => {
  const { [verdict]: old, ...others } = facts;
  if (old === undefined) return facts;
  const [{ handoffId, ...source }, at] = old as OldVerdict;
  return handoffId === undefined ? facts : withVerdict(others, verdict, { ...source, handoffId }, at);
};

/**
 * Normalises facts that were stored with a merge: an old ledger may have them as they were before values were
 * normalised, and before each verdict was noted by its hand-off. Facts that were folded through it stay as they are.
 */
export const normaliseFacts = (facts: Facts): Facts => ({
  ...(['accepted', 'rejected'] as const).reduce(moveNamed, facts),
  attributes: each(facts.attributes, ([value, at]) => [normaliseValue(value), at]),
  answers: each(facts.answers, normaliseAnswer),
});
