import type { ScoringModel } from '../scoring/index.ts';
import { type Advanced, catchUp, isOvertaken } from './advance.ts';
import type { Commit, DecidedEvent } from './commit.ts';
import { decide } from './decide.ts';
import { computeDue } from './due.ts';
import type { JudgedEvent } from './lead-event.ts';
import { endOf, type LeadState, type StoredState } from './state.ts';

/** A commit of events that were decided one after the other. */
export type DecidedCommit = Commit<DecidedEvent, LeadState>;

/** Builds the commit that brings a lead from one state to another. */
export const buildCommit = (
  model: ScoringModel,
  before: StoredState | undefined,
  { state, entries }: Advanced,
  now: number,
): DecidedCommit => {
  const basedOn = endOf(before);
  return {
    leadId: state.leadId,
    basedOn,
    state: { ...state, version: basedOn.version + 1 },
    entries,
    committedAt: now,
    ...computeDue(model, before, state, now),
  };
};

/**
 * Decides the events of one lead in the order given, as one commit. If time alone has changed the lead before the first
 * of them occurred, the commit has only those changes, each at its own hour; if before a later one, it ends there. The
 * events that are left are decided after it. So an event finds the lead as if time had been advanced punctually.
 *
 * @example const { state, entries } = decideAll(model, stored, [first, second], Date.now());
 * @param now the clock of the caller, in milliseconds since 1970
 */
export const decideAll = (
  model: ScoringModel,
  before: StoredState | undefined,
  events: readonly [JudgedEvent, ...JudgedEvent[]],
  now: number,
): DecidedCommit => {
  const [first] = events;
  if (before !== undefined && isOvertaken(model, before, first)) {
    const until = Date.parse(first.metadata.occurredAt);
    return buildCommit(model, before, catchUp(model, before, until), now);
  }
  const entries: DecidedEvent[] = [];
  let state: LeadState | undefined = before;
  for (const event of events) {
    if (state !== undefined && entries.length > 0 && isOvertaken(model, state, event)) break;
    const decision = decide(model, state, event);
    state = decision.state;
    entries.push({ kind: 'decided', event, decided: decision.decided });
  }
  return buildCommit(model, before, { state: state as LeadState, entries }, now);
};
