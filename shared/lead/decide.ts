import { noFacts, type ScoringModel } from '../scoring/index.ts';
import { changesBetween } from './changes.ts';
import type { Commit, Decided, DecidedEvent } from './commit.ts';
import { evolve } from './evolve.ts';
import { judge } from './judge.ts';
import type { JudgedEvent } from './lead-event.ts';
import { endOf, type LeadState, type LedgerEnd } from './state.ts';

export interface Decision {
  readonly state: LeadState;
  readonly decided: Decided;
}

/**
 * Returns the id of the lead that an event counts for. An event that names another lead was redirected to a lead that
 * exists.
 */
const leadIdOf = (before: LeadState | undefined, { data }: JudgedEvent): string =>
  before?.leadId ?? data.leadId;

/**
 * Decides one event of a lead: folds it into the facts, judges the facts, and finds the changes. It is pure: the facts
 * are judged at the latest `occurredAt` that the lead has seen, never at the time of a clock.
 *
 * @example const { state, decided } = decide(model, before, event);
 * @param before undefined for a lead without a ledger
 */
export const decide = (model: ScoringModel, before: LeadState | undefined, event: JudgedEvent): Decision => {
  const facts = evolve(before?.facts ?? noFacts, event);
  const judgement = judge(model, facts, before?.tier ?? 'none');
  const { standing } = judgement;
  return {
    state: { leadId: leadIdOf(before, event), version: before?.version ?? 0, facts, ...standing },
    decided: { standing, ...changesBetween(model, facts, before, judgement, event.type) },
  };
};

/**
 * Decides the events of one lead in the order given, as one commit.
 *
 * @example const { state, entries } = decideAll(model, stored, [first, second]);
 */
export const decideAll = (
  model: ScoringModel,
  before: (LeadState & LedgerEnd) | undefined,
  events: readonly [JudgedEvent, ...JudgedEvent[]],
): Commit<DecidedEvent, LeadState> => {
  const basedOn = endOf(before);
  const entries: DecidedEvent[] = [];
  let state: LeadState | undefined = before;
  for (const event of events) {
    const decision = decide(model, state, event);
    state = decision.state;
    entries.push({ kind: 'decided', event, decided: decision.decided });
  }
  const decided = state as LeadState;
  return {
    leadId: decided.leadId,
    basedOn,
    state: { ...decided, version: basedOn.version + 1 },
    entries,
  };
};
