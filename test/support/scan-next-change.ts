import { findOverrideEnd, judgeLater, type LeadState } from '../../shared/lead/index.ts';
import { hasChanged } from '../../shared/lead/next-change.ts';
import { computeHour, instantOf, longestWindow, type ScoringModel } from '../../shared/scoring/index.ts';

const hourMs = 3_600_000;

/** Returns whether a score is to be announced: it differs from the announced one by the points of the policy. */
const isFar = (model: ScoringModel, announced: number, score: number): boolean => {
  const { announceScore } = model.document.policy;
  return announceScore !== undefined && Math.abs(score - announced) >= announceScore.points - 1e-6;
};

/** Finds the next change by judging the lead at every hour: slow, and right beyond doubt. */
export const scanNextChange = (
  model: ScoringModel,
  state: LeadState,
  until = Number.POSITIVE_INFINITY,
): number | undefined => {
  const now = computeHour(instantOf(state.facts));
  const horizon = Math.max(now + (longestWindow + 2) * 24, findOverrideEnd(state.facts) ?? 0);
  const last = Math.min(horizon, computeHour(until));
  for (let hour = now + 1; hour <= last; hour++) {
    const at = hour * hourMs;
    const standing = judgeLater(model, state, at);
    if (hasChanged(state, standing)) return at;
    if (isFar(model, state.announcedScore ?? state.score, standing.score)) return at;
  }
  return undefined;
};
