import { clockEventId, sluiceSource } from '../../events/index.ts';
import { instantOf, type ScoringModel } from '../scoring/index.ts';
import type { Decided, DecidedEvent } from './commit.ts';
import { decide } from './decide.ts';
import { judgeLater } from './judge.ts';
import type { ClockAdvance, JudgedEvent } from './lead-event.ts';
import { isBackfill } from './lead-event.ts';
import { findNextChange, findNextMove, type Search } from './next-change.ts';
import type { Due, LeadState } from './state.ts';

/** Builds the event by which the time of a lead is advanced. The same instant gives the same event. */
export const clockEvent = (leadId: string, at: number): ClockAdvance => ({
  type: 'LeadClockAdvanced',
  source: sluiceSource,
  metadata: { eventId: clockEventId, occurredAt: new Date(at).toISOString(), schemaVersion: 1 },
  data: { leadId },
});

export interface Advanced {
  readonly state: LeadState;
  /** The advances of time at which something changed, in order. */
  readonly entries: readonly DecidedEvent[];
}

/** The most changes that one commit catches up with. There are a few in a year; more are left to the next commit. */
const mostChanges = 40;

/**
 * Finds the instant at which time is to be advanced next. A lead that is unsettled is settled when it is due. One that
 * another model has judged is judged anew when it is due by that one: when that model would have changed it isn't known
 * to this one.
 */
const findStep = (
  model: ScoringModel,
  before: Due,
  state: LeadState,
  search: Required<Search>,
): number | undefined => {
  if (state.announced === undefined && state.modelVersion === model.version)
    return findNextChange(model, state, search);
  const { until } = search;
  return before.dueAt !== undefined && before.dueAt <= until ? before.dueAt : undefined;
};

/**
 * Catches up with everything that time alone has changed until an instant, each change decided at its own hour. A lead
 * that is unsettled is settled first, at the instant at which it is due.
 *
 * @param until milliseconds since 1970
 * @param isJudged whether this very model, by this release, has judged the state: the search for changes is shorter then
 */
export const catchUp = (
  model: ScoringModel,
  before: LeadState & Due,
  until: number,
  isJudged = false,
): Advanced => {
  const entries: DecidedEvent[] = [];
  let state: LeadState = before;
  while (entries.length < mostChanges) {
    const at = findStep(model, before, state, { until, isJudged: isJudged || entries.length > 0 });
    if (at === undefined) break;
    const event = clockEvent(state.leadId, at);
    const decision = decide(model, state, event);
    state = decision.state;
    entries.push({ kind: 'decided', event, decided: decision.decided });
  }
  return { state, entries };
};

/** Brings a lead to an instant in one step, whatever would have changed on the way. */
export const jumpTo = (model: ScoringModel, before: LeadState, at: number): Advanced => {
  const event = clockEvent(before.leadId, at);
  const { state, decided } = decide(model, before, event);
  return { state, entries: [{ kind: 'decided', event, decided }] };
};

/**
 * Returns whether time alone has changed a lead before an event occurred, so that this is decided first. History, and
 * an event without an instant of its own, overtakes nothing.
 */
export const isOvertaken = (model: ScoringModel, before: LeadState & Due, event: JudgedEvent): boolean => {
  if (before.announced !== undefined || isBackfill(event)) return false;
  if (event.type === 'LeadsMerged' || event.type === 'LeadRescoreRequested') return false;
  const at = Date.parse(event.metadata.occurredAt);
  if (at < instantOf(before.facts) || (before.dueAt !== undefined && before.dueAt > at)) return false;
  return findStep(model, before, before, { until: at, isJudged: false }) !== undefined;
};

/** A change that time alone makes, with its instant in milliseconds since 1970. */
export interface TimedChange {
  readonly at: number;
  readonly decided: Decided;
  readonly state: LeadState;
}

/** A lead as of a later instant if nothing happens until then. */
export interface Forecast {
  readonly state: LeadState;
  readonly changes: readonly TimedChange[];
}

/**
 * Returns a lead as of an instant if nothing happens until then: what changes by itself on the way, and its standing at
 * that instant. Nothing is stored. Hours at which only the score is announced aren't among the changes.
 *
 * @param at milliseconds since 1970; one before the lead's own instant leaves the lead as it is
 */
export const advanceTo = (model: ScoringModel, before: LeadState, at: number): Forecast => {
  const { announced: _announced, ...settled } = before;
  let state: LeadState = settled;
  const changes: TimedChange[] = [];
  for (;;) {
    const next = findNextMove(model, state, { until: at });
    if (next === undefined) break;
    const decision = decide(model, state, clockEvent(state.leadId, next));
    state = decision.state;
    changes.push({ at: next, ...decision });
  }
  if (at <= instantOf(state.facts)) return { state, changes };
  const standing = judgeLater(model, state, at);
  return { state: { ...state, ...standing, facts: { ...state.facts, clock: at } }, changes };
};
