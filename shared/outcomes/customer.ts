import type { Outcome } from '../../events/index.ts';
import { computeSituation, type ScoringModel } from '../scoring/index.ts';
import { foldUntil } from './facts-at-cut.ts';
import type { DatedOutcome, Moment } from './lead-events.ts';

/** A customer with what became of it within a stretch of time after its first win. */
export interface Customer {
  /** The lane that the lead was in when it was won, by what was known then; undefined outside of all. */
  readonly lane?: string;
  /** The instant of the win, in milliseconds since 1970. */
  readonly wonAt: number;
  readonly outcomes: readonly Outcome[];
  /** The time from the win to the first renewal, expansion or reference, in milliseconds. */
  readonly valueMs?: number;
  /** The sum of the amounts of the win, of renewals and of expansions; undefined if none was recorded. */
  readonly amount?: number;
}

/** The outcomes that show that a customer has value from what it bought. */
const signsOfValue: ReadonlySet<Outcome> = new Set(['renewed', 'expanded', 'referenced']);
const paying: ReadonlySet<Outcome> = new Set(['won', 'renewed', 'expanded']);

/**
 * Returns the customer that a lead became; undefined if it was never won.
 *
 * @param withinMs the time after the win whose outcomes count
 */
export const findCustomer = (
  moments: readonly Moment[],
  outcomes: readonly DatedOutcome[],
  model: ScoringModel,
  withinMs: number,
): Customer | undefined => {
  const won = outcomes.find(({ outcome }) => outcome === 'won');
  if (won === undefined) return undefined;
  const wonAt = won.at;
  const after = outcomes.filter(({ at }) => at >= wonAt && at <= wonAt + withinMs);
  const value = after.find(({ outcome }) => signsOfValue.has(outcome));
  const amounts = after.flatMap(({ outcome, amount }) =>
    paying.has(outcome) && amount !== undefined ? [amount] : [],
  );
  const facts = foldUntil(moments, wonAt, false);
  const lane = facts && computeSituation(model, facts, wonAt).lane;
  return {
    ...(lane !== undefined && { lane }),
    wonAt,
    outcomes: [...new Set(after.map(({ outcome }) => outcome))],
    ...(value !== undefined && { valueMs: value.at - wonAt }),
    ...(amounts.length > 0 && { amount: amounts.reduce((sum, amount) => sum + amount, 0) }),
  };
};
