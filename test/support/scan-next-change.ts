import { judge, type LeadState } from '../../shared/lead/index.ts';
import { hasChanged } from '../../shared/lead/next-change.ts';
import { computeHour, instantOf, longestWindow, type ScoringModel } from '../../shared/scoring/index.ts';

const hourMs = 3_600_000;

/** Finds the next change by judging the lead at every hour: slow, and right beyond doubt. */
export const scanNextChange = (
  model: ScoringModel,
  { facts, ...state }: LeadState,
  until = Number.POSITIVE_INFINITY,
): number | undefined => {
  const now = computeHour(instantOf(facts));
  const last = Math.min(now + (longestWindow + 2) * 24, computeHour(until));
  for (let hour = now + 1; hour <= last; hour++) {
    const at = hour * hourMs;
    if (hasChanged(state, judge(model, facts, state.tier, at).standing)) return at;
  }
  return undefined;
};
