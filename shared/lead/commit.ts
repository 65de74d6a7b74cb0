import type { Change, Closing } from './changes.ts';
import type { JudgedEvent, LeadEvent } from './lead-event.ts';
import type { Lead, LedgerEnd, Standing } from './state.ts';

/** What an event came to: kept in its ledger entry, and announced where it holds changes. */
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

/** An event that came for an erased lead: that it came is kept, what it said is not. */
export interface WithheldEvent {
  readonly kind: 'withheld';
  readonly event: LeadEvent;
}

export type RecordedEvent = DecidedEvent | ClosingEvent | WithheldEvent;

/** What one transaction writes of one lead: the events with what each came to, and the lead after the last of them. */
export interface Commit<Entry extends RecordedEvent = RecordedEvent, State extends Lead = Lead> {
  readonly leadId: string;
  /** Where the ledger ended that was decided upon. */
  readonly basedOn: LedgerEnd;
  /** One version on. */
  readonly state: State;
  readonly entries: readonly Entry[];
}
