import type { Rejection } from '../../events/index.ts';

/** A rejected event, whole, with the reasons. */
export interface Rejected {
  /** The text as it came, JSON or not. */
  readonly body: string;
  /** The text's JSON, null if it is none; left out if it was not parsed. */
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
   * Stores a rejected event. The same content again raises its count, replaces its reasons by the latest, and opens it again
   * if it had been replayed or discarded.
   */
  store(rejected: Rejected): Promise<void>;
}

/** The person or function that takes a step, and the instant (UTC, ISO 8601). */
export interface Signature {
  readonly actor: string;
  readonly at: string;
}

/** Removes what is personal. Codes, counts and times remain, so that what was received can still be counted. */
export interface QuarantineRedactor {
  /**
   * Removes all texts, reasons and readable fields of everything that was quarantined of an erased lead. It is found through
   * an index that lags a little behind: whoever stores an event at the same time has to look at the lead afterwards, and to
   * `redact` the event.
   *
   * @returns how many quarantined events it found
   */
  redactLead(leadId: string, by: Signature): Promise<number>;
  /** Does the same for one quarantined event, if there is one, and notes the step `redacted`. */
  redact(id: string, by: Signature): Promise<void>;
}

export const quarantineStatuses = ['open', 'replayed', 'discarded', 'erased'] as const;
export type QuarantineStatus = (typeof quarantineStatuses)[number];

/** A quarantined event as lists show it. After an erasure the optional fields are gone. */
export interface QuarantinedEvent {
  readonly id: string;
  readonly status: QuarantineStatus;
  /** Why it was rejected the last time. */
  readonly code: string;
  readonly reasons: readonly string[];
  /** The number of times that it came. */
  readonly times: number;
  readonly receivedAt: string;
  readonly lastReceivedAt: string;
  /** When it is deleted, unless it comes again. */
  readonly expiresAt: string;
  readonly origin?: string;
  readonly leadId?: string;
  readonly type?: string;
  readonly source?: string;
  readonly eventId?: string;
  readonly bytes?: number;
}

/** A step that was taken on a quarantined event. */
export interface QuarantineStep extends Signature {
  readonly step: 'replayed' | 'corrected' | 'discarded' | 'redacted' | 'erased';
  readonly note?: string;
  /** The event that was replayed in its place, and the id under which that one would be quarantined. */
  readonly corrected?: { readonly id: string; readonly text?: string };
}

/** A quarantined event, whole. */
export interface QuarantineRecord extends QuarantinedEvent {
  /** The text as it came first; gone after an erasure. */
  readonly body?: string;
  /** In the order in which they were taken. */
  readonly steps: readonly QuarantineStep[];
}

export interface QuarantineFilter {
  readonly code?: string | undefined;
  readonly leadId?: string | undefined;
  readonly source?: string | undefined;
  readonly status?: QuarantineStatus | undefined;
  /** Only what came at this instant or later. */
  readonly since?: string | undefined;
}

/** A step to be noted. */
export interface StepTaken extends Signature {
  readonly step: 'replayed' | 'corrected' | 'discarded';
  readonly note?: string | undefined;
  /** The text of the event that was replayed in its place. */
  readonly corrected?: string | undefined;
  /** The number of times that the event had come when the step was decided on. */
  readonly times: number;
}

/** `came-again`: the step is noted, but the event has come again since it was decided upon, and stays open. */
export type StepNoted = 'noted' | 'came-again' | 'gone';

/** The quarantine as operators need it, who have rejected events corrected and replayed. */
export interface QuarantineAdmin {
  /** Yields quarantined events that pass a filter, in no order and one at a time: memory doesn't grow with their number. */
  list(filter: QuarantineFilter): AsyncIterable<QuarantinedEvent>;
  /** Returns ids that begin with a prefix, at most `most` of them. */
  find(prefix: string, most: number): Promise<string[]>;
  read(id: string): Promise<QuarantineRecord | undefined>;
  note(id: string, step: StepTaken): Promise<StepNoted>;
}
