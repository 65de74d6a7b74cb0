import type { AcceptedEvent, Rejection } from '../../../events/index.ts';
import {
  catchUp,
  computeSettling,
  type DecidedEvent,
  decide,
  type JudgedEvent,
  type Lead,
  type LeadEvent,
  type LeadState,
  type Merging,
  toLeadEvent,
} from '../../../shared/lead/index.ts';
import { mergeCycle, mergeWithErased, unknownLead } from '../../../shared/ledger/index.ts';
import { instantOf, type ScoringModel } from '../../../shared/scoring/index.ts';
import type { LeadHistory, NumberedEvent } from '../../histories/lead-history.ts';
import { advanceLead } from './advance-lead.ts';
import { findTooLarge } from './measure-commit.ts';
import type { Passing } from './passing.ts';
import { FoldTally } from './tally.ts';
import { isErased, type LocatedLead, locateLead, openState, type TrackedLeads } from './tracked-leads.ts';

/** An event that `score-leads` would quarantine. */
export interface RejectedEvent {
  readonly numbered: NumberedEvent;
  readonly rejection: Rejection;
}

/** The leads that the events of a history have made. */
export interface FoldedHistory {
  /** All leads, also those that were merged or erased. */
  readonly leads: readonly Lead[];
  readonly rejected: readonly RejectedEvent[];
  /** The changes that would be announced. */
  readonly changes: number;
  /** The times at which time alone changed a lead. */
  readonly clockEvents: number;
  /** The leads of which an event was history. */
  readonly withHistory: number;
  /** Those that waited to be settled behind the last event. */
  readonly unsettled: number;
}

/** Below this number of characters, at most three bytes each, no item of a lead can be larger than DynamoDB takes. */
const surelySmall = 100_000;

/** Returns the instant at which an event comes; undefined if time doesn't follow the events. */
const findArrival = (passing: Passing, { metadata }: AcceptedEvent): number | undefined => {
  if (passing.kind !== 'until') return undefined;
  return metadata.backfill ? passing.historyAt : Date.parse(metadata.occurredAt);
};

/** Returns the events in the order in which they come. */
const sortByArrival = (passing: Passing, events: readonly NumberedEvent[]): readonly NumberedEvent[] => {
  if (passing.kind !== 'until') return events;
  return events
    .map((numbered) => ({ numbered, at: findArrival(passing, numbered.event) ?? 0 }))
    .sort((a, b) => a.at - b.at || a.numbered.number - b.numbered.number)
    .map(({ numbered }) => numbered);
};

/** Returns whether an event has an instant of its own, to which a lead catches up before it. */
const hasOwnTime = ({ type, metadata }: JudgedEvent): boolean =>
  type !== 'LeadsMerged' && type !== 'LeadRescoreRequested' && metadata.backfill !== true;

/** Returns at least as many characters as an event has. */
const sizeOf = ({ size, event }: NumberedEvent): number => size ?? JSON.stringify(event).length;

class HistoryFold {
  readonly #leads: TrackedLeads = new Map();
  readonly #tally = new FoldTally();
  readonly #rejected: RejectedEvent[] = [];
  readonly #model: ScoringModel;
  readonly #passing: Passing;
  /** The clock, in milliseconds since 1970. */
  #now: number;

  constructor(model: ScoringModel, passing: Passing) {
    this.#model = model;
    this.#passing = passing;
    this.#now = passing.kind === 'until' ? Number.NEGATIVE_INFINITY : passing.now;
  }

  take(numbered: NumberedEvent): void {
    this.#now = findArrival(this.#passing, numbered.event) ?? this.#now;
    const rejection = this.#record(toLeadEvent(numbered.event), sizeOf(numbered));
    if (rejection !== undefined) this.#rejected.push({ numbered, rejection });
  }

  /** Lets time pass behind the last event. */
  finish(): FoldedHistory {
    const passing = this.#passing;
    const tracked = [...this.#leads.values()];
    const unsettled = tracked.filter(({ settlesAt }) => settlesAt !== undefined).length;
    if (passing.kind !== 'by-events') {
      this.#now = passing.kind === 'until' ? passing.until : computeSettling(passing.now);
      for (const { lead } of tracked) this.#advance(lead.leadId);
    }
    const { changes, clockEvents, withHistory } = this.#tally;
    const leads = [...this.#leads.values()].map(({ lead }) => lead);
    return { leads, rejected: this.#rejected, changes, clockEvents, withHistory, unsettled };
  }

  #record(event: LeadEvent, characters: number): Rejection | undefined {
    const found = this.#locate(event.data.leadId);
    if (event.type === 'LeadsMerged') return this.#merge(found, event);
    if (event.type === 'LeadErasureRequested') {
      this.#erase(found.leadId);
      return undefined;
    }
    // What comes for an erased lead is recorded without its content.
    if (isErased(found)) return undefined;
    if (event.type === 'LeadRescoreRequested' && found.tracked === undefined)
      return unknownLead(event.data.leadId);
    return this.#judge(found, event, characters);
  }

  #judge({ tracked }: LocatedLead, event: JudgedEvent, characters: number): Rejection | undefined {
    const before = openState(tracked);
    const size = (tracked?.size ?? 0) + characters;
    const caughtUp = before && this.#catchUp(before, event, size);
    if (caughtUp !== undefined && 'code' in caughtUp) return caughtUp;
    // Reasons are only a part of the size of an entry, which is measured for large leads.
    const withoutReasons = size > surelySmall ? undefined : true;
    const { state, decided } = decide(this.#model, caughtUp, event, { withoutReasons });
    return this.#commit(state, [{ kind: 'decided', event, decided }], size);
  }

  /** Decides what time alone has changed before an event occurred. */
  #catchUp(before: LeadState, event: JudgedEvent, size: number): LeadState | Rejection {
    const at = Date.parse(event.metadata.occurredAt);
    if (before.announced !== undefined || !hasOwnTime(event) || at < instantOf(before.facts)) return before;
    let state = before;
    for (;;) {
      const { entries, ...advanced } = catchUp(this.#model, state, at, true);
      if (entries.length === 0) return state;
      const rejection = this.#commit(advanced.state, entries, size);
      if (rejection !== undefined) return rejection;
      state = advanced.state;
    }
  }

  #merge(found: LocatedLead, event: Merging): Rejection | undefined {
    const { mergedLeadId } = event.data;
    if (mergedLeadId === found.leadId || found.mergedFrom.includes(mergedLeadId)) return mergeCycle(event);
    const other = this.#locate(mergedLeadId);
    if (!isErased(found) && !isErased(other)) return this.#unite(found, other, event);
    if (found.leadId === other.leadId) return undefined;
    return mergeWithErased(event, [
      ...(isErased(found) ? ['leadId' as const] : []),
      ...(isErased(other) ? ['mergedLeadId' as const] : []),
    ]);
  }

  #unite(survivor: LocatedLead, other: LocatedLead, event: Merging): Rejection | undefined {
    const isOne = survivor.leadId === other.leadId;
    const facts = isOne ? undefined : openState(other.tracked)?.facts;
    const merging: Merging = { ...event, ...(facts !== undefined && { merged: facts }) };
    const size = (survivor.tracked?.size ?? 0) + (isOne ? 0 : (other.tracked?.size ?? 0));
    const { state, decided } = decide(this.#model, openState(survivor.tracked), merging);
    const entry = { kind: 'decided' as const, event: merging, decided };
    const rejection = this.#commit(state, [{ ...entry, ...(!isOne && { other: other.leadId }) }], size);
    if (rejection !== undefined || isOne) return rejection;
    const version = (other.tracked?.lead.version ?? 0) + 1;
    const lead = { leadId: other.leadId, version, status: 'merged', mergedInto: survivor.leadId } as const;
    this.#leads.set(other.leadId, { lead, size: 0 });
    this.#tally.noteClosing(other.leadId, false);
    return undefined;
  }

  #erase(leadId: string): void {
    const version = (this.#leads.get(leadId)?.lead.version ?? 0) + 1;
    this.#leads.set(leadId, { lead: { leadId, version, status: 'erased' }, size: 0 });
    this.#tally.noteClosing(leadId, true);
  }

  /** Finds what a lead has become by now: if time follows the events, it has passed for the lead as well. */
  #locate(leadId: string): LocatedLead {
    const found = locateLead(this.#leads, leadId);
    if (this.#passing.kind !== 'until') return found;
    this.#advance(found.leadId);
    return locateLead(this.#leads, leadId);
  }

  #advance(leadId: string): void {
    const tracked = this.#leads.get(leadId);
    const before = openState(tracked);
    if (tracked === undefined || before === undefined) return;
    const { state, entries, isErased } = advanceLead(this.#model, before, tracked.settlesAt, this.#now);
    if (entries.length > 0) this.#store(state, entries, tracked.size);
    if (isErased) this.#erase(leadId);
  }

  /** Stores a lead after some entries. Returns the rejection of their event if they are too large to be stored. */
  #commit(state: LeadState, entries: readonly DecidedEvent[], size: number): Rejection | undefined {
    const rejection = size > surelySmall ? findTooLarge(state, entries) : undefined;
    if (rejection === undefined) this.#store(state, entries, size);
    return rejection;
  }

  #store(state: LeadState, entries: readonly DecidedEvent[], size: number): void {
    const version = (this.#leads.get(state.leadId)?.lead.version ?? 0) + 1;
    const settlesAt = state.announced === undefined ? undefined : computeSettling(this.#now);
    this.#leads.set(state.leadId, { lead: { ...state, version }, settlesAt, size });
    for (const entry of entries) this.#tally.note(state.leadId, entry);
  }
}

/**
 * Folds the events of a history into the leads that `replay` would make of them, without ledgers, chains and
 * announcements: the same facts, stages, scores, tiers and actions. Versions count one commit for each event, whereas the
 * stack commits several at once.
 */
export const foldHistory = (
  model: ScoringModel,
  { events }: Pick<LeadHistory, 'events'>,
  passing: Passing,
): FoldedHistory => {
  const fold = new HistoryFold(model, passing);
  for (const numbered of sortByArrival(passing, events)) fold.take(numbered);
  return fold.finish();
};
