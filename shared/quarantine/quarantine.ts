import type { Rejection } from '../../events/index.ts';

/** A rejected event, whole, with why and what could be read of it. */
export interface Rejected {
  /** The text as it came, JSON or not. */
  readonly body: string;
  readonly rejection: Rejection;
  /** Where it came from: a queue, or `file:line`. */
  readonly origin: string;
  /** UTC, ISO 8601. */
  readonly receivedAt: string;
}

/** What score-leads needs: a place for what it can't take. */
export interface Quarantine {
  /**
   * Keeps a rejected event. The same content again raises its count, tells the latest reasons, and opens it again where
   * it had been replayed or discarded.
   */
  keep(rejected: Rejected): Promise<void>;
}

/** Who takes a step, and when (UTC, ISO 8601). */
export interface Signature {
  readonly actor: string;
  readonly at: string;
}

/** What erasing a lead needs. Codes, counts and times stay, so that what was received can still be counted. */
export interface QuarantineEraser {
  /**
   * Removes all texts, reasons and readable fields of everything that was quarantined of a lead. Found through an index
   * that lags a little behind: whoever keeps an event at the same time has to look at the lead afterwards, and `purgeOne`.
   *
   * @returns how many quarantined events it found
   */
  purge(leadId: string, by: Signature): Promise<number>;
  /** The same for one quarantined event, at once; nothing where there is none. StepNoted as `withheld`. */
  purgeOne(id: string, by: Signature): Promise<void>;
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
  /** How often it came. */
  readonly times: number;
  readonly receivedAt: string;
  readonly lastReceivedAt: string;
  /** When it goes, if nobody mends it and it does not come again. */
  readonly expiresAt: string;
  readonly origin?: string;
  readonly leadId?: string;
  readonly type?: string;
  readonly source?: string;
  readonly eventId?: string;
  readonly bytes?: number;
}

/** What was done about a quarantined event. */
export interface QuarantineStep extends Signature {
  readonly step: 'replayed' | 'mended' | 'discarded' | 'withheld' | 'erased';
  readonly note?: string;
  /** The event that was replayed in its place, and the id under which that one would be quarantined. */
  readonly mended?: { readonly id: string; readonly text?: string };
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
  readonly step: 'replayed' | 'mended' | 'discarded';
  readonly note?: string | undefined;
  /** The text of the event that was replayed in its place. */
  readonly mended?: string | undefined;
  /** How often the event had come when the step was decided upon. */
  readonly times: number;
}

/** `came-again`: the step is noted, but the event has come again since it was decided upon, and stays open. */
export type StepNoted = 'noted' | 'came-again' | 'gone';

/** What people need, who see to it that quarantined events are mended. */
export interface QuarantineDesk {
  /** Quarantined events that fit, in no order, one after the other: memory does not grow with their number. */
  list(filter: QuarantineFilter): AsyncIterable<QuarantinedEvent>;
  /** Ids that begin so, `most` of them at the most. */
  find(prefix: string, most: number): Promise<string[]>;
  read(id: string): Promise<QuarantineRecord | undefined>;
  note(id: string, step: StepTaken): Promise<StepNoted>;
}
