import type { Change, Closing } from './changes.ts';
import type { JudgedEvent, LeadEvent } from './lead-event.ts';
import type { Lead, LedgerEnd, Standing } from './state.ts';

/** The result of an event: stored in its ledger entry, and announced if it holds changes. */
export interface Decided {
  readonly standing: Standing;
  readonly actionChanged: boolean;
  readonly changes: readonly Change[];
}

/** An event after which the lead was judged. */
export interface DecidedEvent {
  readonly kind: 'decided';
  readonly event: JudgedEvent;
  readonly decided: Decided;
  /** The lead that was folded in. */
  readonly other?: string;
}

/** The event by which the lead ceased to be one of its own. */
export interface ClosingEvent {
  readonly kind: 'closing';
  readonly event: LeadEvent;
  readonly change: Closing;
  /** The lead that it was folded into. */
  readonly other?: string;
}

/** An event that came for an erased lead: recorded without its content. */
export interface RedactedEvent {
  readonly kind: 'redacted';
  readonly event: LeadEvent;
}

export type RecordedEvent = DecidedEvent | ClosingEvent | RedactedEvent;

/** The content of one transaction of one lead: the events with their results, and the lead after the last of them. */
export interface Commit<Entry extends RecordedEvent = RecordedEvent, State extends Lead = Lead> {
  readonly leadId: string;
  /** The end of the ledger that the decision is based on. */
  readonly basedOn: LedgerEnd;
  /** One version on. */
  readonly state: State;
  readonly entries: readonly Entry[];
}
