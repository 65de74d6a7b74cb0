import { hourMs } from '../../events/index.ts';
import { sameAction } from '../funnel/index.ts';
import { instantOf, longestWindow, type ScoringModel } from '../scoring/index.ts';
import { judge } from './judge.ts';
import type { LeadState, Standing } from './state.ts';

/** The hours after which nothing changes by itself any more: every window and every decay is over by then. */
const horizonHours = (longestWindow + 2) * 24;

/** Returns whether two standings differ in what is announced or done, and not only in the score. */
const hasChanged = (before: Standing, after: Standing): boolean =>
  before.stage !== after.stage ||
  before.status !== after.status ||
  before.tier !== after.tier ||
  before.heldBack !== after.heldBack ||
  before.demoReady !== after.demoReady ||
  before.disqualification?.disqualifier !== after.disqualification?.disqualifier ||
  !sameAction(before.action, after.action);

/**
 * Finds the first whole hour after a lead's instant at which its stage, status, tier, action, hold-back or demo
 * readiness differs if nothing happens.
 *
 * @param until the last instant to look at, in milliseconds since 1970
 * @returns milliseconds since 1970; undefined if nothing changes until then
 */
export const findNextChange = (
  model: ScoringModel,
  state: LeadState,
  until: number = Number.POSITIVE_INFINITY,
): number | undefined => {
  const first = Math.floor(instantOf(state.facts) / hourMs) + 1;
  const last = Math.min(first + horizonHours, Math.floor(until / hourMs));
  for (let hour = first; hour <= last; hour++) {
    const at = hour * hourMs;
    if (hasChanged(state, judge(model, state.facts, state.tier, at).standing)) return at;
  }
  return undefined;
};
