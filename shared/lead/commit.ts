import type { Change, Closing } from './changes.ts';
import type { JudgedEvent, LeadEvent } from './lead-event.ts';
import type { Due, Lead, LedgerEnd, Shadowed, Standing } from './state.ts';

/** The decision about an event. Its ledger entry stores it, and it is announced if it has changes. */
export interface Decided {
  readonly standing: Standing;
  readonly actionChanged: boolean;
  readonly changes: readonly Change[];
  /** True if the changes aren't announced: the event is history. */
  readonly silent?: true;
}

/** An event after which the lead was judged. */
export interface DecidedEvent {
  readonly kind: 'decided';
  readonly event: JudgedEvent;
  readonly decided: Decided;
  /** The lead that was merged into this one. */
  readonly other?: string;
}

/** The event that closed the lead. */
export interface ClosingEvent {
  readonly kind: 'closing';
  readonly event: LeadEvent;
  readonly change: Closing;
  /** The lead that this one was merged into. */
  readonly other?: string;
}

/** An event that came for an erased lead: recorded without its content. */
export interface RedactedEvent {
  readonly kind: 'redacted';
  readonly event: LeadEvent;
}

export type RecordedEvent = DecidedEvent | ClosingEvent | RedactedEvent;

/** The content of one transaction of one lead: the events with their results, and the lead after the last of them. */
export interface Commit<Entry extends RecordedEvent = RecordedEvent, State extends Lead = Lead>
  extends Due,
    Shadowed {
  readonly leadId: string;
  /** The end of the ledger on which the decision is based. */
  readonly basedOn: LedgerEnd;
  /** The state after the last event, one version higher than `basedOn`. */
  readonly state: State;
  readonly entries: readonly Entry[];
  /** The clock of the function that decided, in milliseconds since 1970. */
  readonly committedAt: number;
}
