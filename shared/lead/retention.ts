import type { Facts, ScoringModel } from '../scoring/index.ts';

/** Returns the instant so many calendar months later in UTC, on the last day of a month that is too short. */
const addMonths = (at: number, months: number): number => {
  const from = new Date(at);
  const to = new Date(at);
  to.setUTCDate(1);
  to.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return to.getTime();
};

/**
 * Returns the instant at which a lead is erased if nothing is heard of it; undefined if the policy retains leads for ever,
 * or if nothing was ever heard of it: a merge with an unknown lead says nothing.
 */
export const computeRetentionEnd = ({ document }: ScoringModel, facts: Facts): number | undefined => {
  const { retainMonths } = document.policy;
  return retainMonths === undefined || facts.seen === 0 ? undefined : addMonths(facts.seen, retainMonths);
};
