import { resolveStage } from '../funnel/index.ts';
import { type Facts, noFacts, type ScoringModel } from '../scoring/index.ts';
import { foldAll, type Moment } from './lead-events.ts';

const byName = <T>(bag: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(bag).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Returns facts as of an instant: their time is advanced to it, though nothing was heard since. Names are sorted, so that
 * the same events give the same row, whether they were read from a file or from a ledger.
 */
const asOf = (facts: Facts, at: number): Facts => ({
  ...facts,
  attributes: byName(facts.attributes),
  answers: byName(facts.answers),
  activities: byName(facts.activities),
  ...(at > facts.seen && { clock: at }),
});

/**
 * Folds the facts of a lead as they were at an instant. What was said at that very instant counts; an outcome of that
 * instant doesn't, unless it is what brings the lead to the stage from which it is judged.
 *
 * @returns undefined if nothing was known of the lead by then
 */
export const foldUntil = (
  moments: readonly Moment[],
  at: number,
  withLastOutcomes: boolean,
): Facts | undefined => {
  let facts = noFacts;
  for (const moment of moments) {
    if (moment.at > at) break;
    facts = foldAll(facts, moment.said);
    if (moment.at < at || withLastOutcomes) facts = foldAll(facts, moment.outcomes);
  }
  return facts === noFacts ? undefined : asOf(facts, at);
};

/** Returns whether all that happened until an instant, outcomes of that instant among it, made the lead a customer. */
export const isCustomerAt = (moments: readonly Moment[], at: number, { document }: ScoringModel): boolean => {
  const facts = foldUntil(moments, at, true);
  return facts !== undefined && resolveStage(facts, document).stage === 'customer';
};
