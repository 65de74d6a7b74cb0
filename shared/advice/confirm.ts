import type { FactValue } from '../../events/index.ts';
import { type Facts, round, type ScoringModel } from '../scoring/index.ts';
import { whatIf } from './change.ts';
import type { Knowledge } from './knowledge.ts';
import { findConfirmation } from './options.ts';
import { computeLevel, computeOutcome, isDisqualified, type Outcome } from './outcome.ts';

/** An answer that gives fewer points than it did, since it is old, and how the lead would stand if it were confirmed. */
export interface Confirmation extends Outcome {
  readonly question: string;
  readonly value: FactValue;
  /** The instant of the answer, in milliseconds since 1970. */
  readonly since: number;
  /** The points by which the score would rise. */
  readonly gain: number;
}

/** An answer is worth asking for again from so many points of the score on. */
const leastGain = 1;

interface Present {
  readonly model: ScoringModel;
  readonly facts: Facts;
  readonly present: Outcome;
  /** The instant at which it would be confirmed. */
  readonly at: string;
}

const isWorthwhile = (present: Outcome, after: Confirmation): boolean =>
  computeLevel(after) > computeLevel(present) || (!isDisqualified(present) && after.gain >= leastGain);

/**
 * Lists the answers that are worth confirming, those that raise the lead most first: each would raise its score by a point
 * or more, or its tier.
 */
export const listConfirmations = (
  knowledge: Knowledge,
  { model, facts, present, at }: Present,
): Confirmation[] =>
  knowledge.aged
    .flatMap((question): Confirmation[] => {
      const change = findConfirmation(knowledge, { kind: 'answer', name: question }, facts);
      if (change === undefined) return [];
      const outcome = computeOutcome(model, whatIf(facts, change, at), present.tier);
      const confirmation: Confirmation = {
        question,
        value: change.value,
        since: facts.answers[question]?.[1] ?? facts.seen,
        gain: round(outcome.score - present.score),
        ...outcome,
      };
      return isWorthwhile(present, confirmation) ? [confirmation] : [];
    })
    .sort((a, b) => computeLevel(b) - computeLevel(a) || b.gain - a.gain);
