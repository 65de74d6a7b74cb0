import type { Rejection } from '../../events/index.ts';

/** A rejected event, complete, with the reasons. */
export interface Rejected {
  /** The text as it was received, JSON or not. */
  readonly body: string;
  /** The text's JSON, null if it is not JSON; left out if it was not parsed. */
  readonly entry?: unknown;
  readonly rejection: Rejection;
  /** The origin of the event: a queue, or `file:line`. */
  readonly origin: string;
  /** UTC, ISO 8601. */
  readonly receivedAt: string;
}

/** Stores what score-leads can't accept. */
export interface Quarantine {
  /**
   * Stores a rejected event. If the same content is stored already, this raises its count, replaces its reasons, and
   * opens it again if it had been replayed or discarded.
   */
  store(rejected: Rejected): Promise<void>;
}

/** The person or function that takes a step, and the instant (UTC, ISO 8601). */
export interface Signature {
  readonly actor: string;
  readonly at: string;
}

/** Removes personal data. Codes, counts and times remain, so that rejected events can still be counted. */
export interface QuarantineRedactor {
  /**
   * Removes the texts, reasons and readable fields of all quarantined events of an erased lead. It finds them through
   * an index that lags a little. Code that stores an event at the same time therefore has to read the lead afterwards,
   * and to `redact` the event if the lead is erased.
   *
   * @returns the number of quarantined events that it found
   */
  redactLead(leadId: string, by: Signature): Promise<number>;
  /** Does the same for one quarantined event, if it exists, and notes the step `redacted`. */
  redact(id: string, by: Signature): Promise<void>;
}

export const quarantineStatuses = ['open', 'replayed', 'discarded', 'erased'] as const;
export type QuarantineStatus = (typeof quarantineStatuses)[number];

/** A quarantined event as lists show it. After an erasure the optional fields are gone. */
export interface QuarantinedEvent {
  readonly id: string;
  readonly status: QuarantineStatus;
  /** The code of its latest rejection. */
  readonly code: string;
  readonly reasons: readonly string[];
  /** The number of its deliveries. */
  readonly times: number;
  readonly receivedAt: string;
  readonly lastReceivedAt: string;
  /** The instant at which it is deleted, unless it is delivered again. */
  readonly expiresAt: string;
  readonly origin?: string;
  readonly leadId?: string;
  /** The lead to be merged into the other one, if the event is a merge. */
  readonly mergedLeadId?: string;
  readonly type?: string;
  readonly source?: string;
  readonly eventId?: string;
  readonly bytes?: number;
}

/** A step that was taken on a quarantined event. */
export interface QuarantineStep extends Signature {
  readonly step: 'replayed' | 'corrected' | 'discarded' | 'redacted' | 'erased';
  readonly note?: string;
  /** The event that was replayed in its place, and the id under which that event would be quarantined. */
  readonly corrected?: { readonly id: string; readonly text?: string };
}

/** A quarantined event with its text and steps. */
export interface QuarantineRecord extends QuarantinedEvent {
  /** The text as it was first received; gone after an erasure. */
  readonly body?: string;
  /** In the order in which they were taken. */
  readonly steps: readonly QuarantineStep[];
}

export interface QuarantineFilter {
  readonly code?: string | undefined;
  readonly leadId?: string | undefined;
  readonly source?: string | undefined;
  readonly status?: QuarantineStatus | undefined;
  /** Selects events that were delivered at this instant or later. */
  readonly since?: string | undefined;
}

/** The place of an item of the quarantine, after which a page begins. */
export interface QuarantinePosition {
  readonly id: string;
  readonly sortKey: string;
}

export interface QuarantinePageProps {
  readonly filter: QuarantineFilter;
  /** The most events of the page. */
  readonly limit: number;
  /** The position at which the page before ended. @default the page is the first */
  readonly after?: QuarantinePosition | undefined;
  /** The most items that are read. */
  readonly itemsRead: number;
  /** The number of characters of each text that are read. */
  readonly characters: number;
}

/** A quarantined event as a page has it. */
export interface PagedEvent extends QuarantinedEvent {
  /** The number of steps that were taken. */
  readonly stepCount: number;
  /** The beginning of the text; gone after an erasure. */
  readonly beginning?: string;
  /** The position after which a page begins with the event behind this one. */
  readonly position: QuarantinePosition;
}

export interface QuarantinePage {
  readonly events: readonly PagedEvent[];
  /** The position after which the next page begins; left out if there is none. */
  readonly next?: QuarantinePosition;
}

/** A step to note. */
export interface StepTaken extends Signature {
  readonly step: 'replayed' | 'corrected' | 'discarded';
  readonly note?: string | undefined;
  /** The text of the event that was replayed in its place. */
  readonly corrected?: string | undefined;
  /** The number of the event's deliveries when the step was decided on. */
  readonly times: number;
}

/**
 * The result of noting a step. `came-again`: the step is noted, but the event was delivered again since it was decided
 * on, and stays open. `gone`: there is no such event any more, or its lead was erased.
 */
export type StepNoted = 'noted' | 'came-again' | 'gone';

/** The quarantine as operators need it, to inspect rejected events, correct them and replay them. */
export interface QuarantineAdmin {
  /**
   * Yields quarantined events that pass a filter, in no order and one at a time, so that memory doesn't grow with their
   * number.
   */
  list(filter: QuarantineFilter): AsyncIterable<QuarantinedEvent>;
  /**
   * Reads a page of quarantined events that pass a filter, in no order. Its work is bounded, so it may hold fewer events
   * than it could, and still have a next page.
   */
  readPage(props: QuarantinePageProps): Promise<QuarantinePage>;
  /** Returns ids that begin with a prefix, at most `most` of them. */
  find(prefix: string, most: number): Promise<string[]>;
  read(id: string): Promise<QuarantineRecord | undefined>;
  note(id: string, step: StepTaken): Promise<StepNoted>;
}
