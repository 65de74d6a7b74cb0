import { minuteMs } from '../../events/index.ts';
import { instantOf, type ScoringModel } from '../scoring/index.ts';
import { findNextChange } from './next-change.ts';
import { computeRetentionEnd } from './retention.ts';
import type { Due, LeadState } from './state.ts';

/** The time for which no history may have come for a lead before it is settled. */
const quietMs = 15 * minuteMs;

/** The instants at which leads are settled. A coarse grid, so that few events move a lead in the index by due time. */
const settlingGridMs = 5 * minuteMs;

/** Returns the instant at which a lead is settled whose last history came now. */
export const computeSettling = (now: number): number =>
  Math.ceil((now + quietMs) / settlingGridMs) * settlingGridMs;

/** Returns the earlier of two instants, either of which may never come. */
const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

/** Finds the instant at which something happens to a settled lead by itself: a change, or its erasure. */
export const findDue = (model: ScoringModel, state: LeadState): number | undefined =>
  earlier(findNextChange(model, state), computeRetentionEnd(model, state.facts));

/**
 * Computes when time will come for a lead after a commit. An instant that is stored and still to come stays if nothing
 * happens before it: to move it with every event would write the index each time.
 *
 * @param before when time would have come for the lead as it was stored
 * @param now the clock of the function that decides, in milliseconds since 1970
 */
export const computeDue = (
  model: ScoringModel,
  before: (LeadState & Due) | undefined,
  state: LeadState,
  now: number,
): Due => {
  if (state.announced !== undefined) {
    const dueAt = computeSettling(now);
    const stays = before?.announced !== undefined && before.dueAt === dueAt;
    return { dueAt, ...(stays && { dueKey: before.dueKey }) };
  }
  const stored = before?.announced === undefined ? before?.dueAt : undefined;
  if (stored === undefined || stored <= instantOf(state.facts)) return { dueAt: findDue(model, state) };
  const next = earlier(
    findNextChange(model, state, { until: stored }),
    computeRetentionEnd(model, state.facts),
  );
  if (next !== undefined && next < stored) return { dueAt: next };
  // An instant that has passed is indexed anew: its hour may be done, if a wake-up moved the lead on meanwhile.
  return { dueAt: stored, ...(stored > now && { dueKey: before?.dueKey }) };
};
