import { noFacts, type ScoringModel } from '../scoring/index.ts';
import { type Change, changesBetween } from './changes.ts';
import { evolve } from './evolve.ts';
import { judge } from './judge.ts';
import type { SignalEvent } from './signal.ts';
import type { LeadState, Standing } from './state.ts';

/** What an event came to: kept in its ledger entry, and announced where it holds changes. */
export interface Decided {
  readonly standing: Standing;
  readonly actionChanged: boolean;
  readonly changes: readonly Change[];
}

export interface Decision {
  readonly state: LeadState;
  readonly decided: Decided;
}

/**
 * Decides one event: folds it into the facts, judges them, and says what changed. Pure; evaluated at the latest
 * `occurredAt` that the lead has seen, never at a clock.
 */
export const decide = (model: ScoringModel, before: LeadState | undefined, event: SignalEvent): Decision => {
  const facts = evolve(before?.facts ?? noFacts, event);
  const judgement = judge(model, facts, before?.tier ?? 'none');
  const { standing } = judgement;
  return {
    state: { leadId: event.data.leadId, version: before?.version ?? 0, facts, ...standing },
    decided: { standing, ...changesBetween(model, facts, before, judgement) },
  };
};

export interface DecidedEvent {
  readonly event: SignalEvent;
  readonly decided: Decided;
}

/** What one transaction writes: the events with what each decided, and the state after the last, one version on. */
export interface Commit {
  readonly leadId: string;
  /** The version of the state that was decided upon; 0 for a lead that is new. */
  readonly basedOn: number;
  readonly state: LeadState;
  readonly entries: readonly DecidedEvent[];
}

/** Decides the events of one lead in the order given, as one commit. */
export const decideAll = (
  model: ScoringModel,
  before: LeadState | undefined,
  events: readonly [SignalEvent, ...SignalEvent[]],
): Commit => {
  const basedOn = before?.version ?? 0;
  const entries: DecidedEvent[] = [];
  let state = before;
  for (const event of events) {
    const decision = decide(model, state, event);
    state = decision.state;
    entries.push({ event, decided: decision.decided });
  }
  const [{ data }] = events;
  return { leadId: data.leadId, basedOn, state: { ...(state as LeadState), version: basedOn + 1 }, entries };
};
