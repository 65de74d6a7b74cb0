import type { Item } from '../../shared/dynamodb/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import type { Change } from '../support/memory-dynamodb/index.ts';

/** What must become of an event: a ledger entry, a place in quarantine, or either, depending on what came first. */
export type Fate = 'recorded' | 'rejected' | 'either';

/** An event that was sent, however it came in. */
export interface Arrival {
  /** The first of several texts with the same content. */
  readonly body: string;
  /** Identifies the content, see `contentKey`. */
  readonly key: string;
  readonly fate: Fate;
  /** Exactly one of the events that share this name is recorded; the others are quarantined. */
  readonly contest?: string | undefined;
}

/** An announcement, as far as the checks read it. */
export interface Announcement {
  readonly 'detail-type': string;
  readonly detail: {
    readonly metadata: { readonly eventId: string };
    readonly data: unknown;
  };
}

/** What is left in a place where nothing may be left: a queue, a dead-letter queue, the failed records of a stream. */
export interface Leftover {
  readonly place: string;
  readonly bodies: readonly string[];
}

/** One item written, and the step of the run. All writes of one transaction have the same step. */
export interface Written extends Change {
  readonly step: number;
}

/** A message or a stream record that a function was invoked with. */
export interface Given {
  readonly id: string;
  readonly body: string;
  /** It is right that the function never succeeds with it. */
  readonly mayFail: boolean;
}

/** One invocation of a function. */
export interface Worked {
  readonly functionName: string;
  readonly result: { readonly ok: true; readonly response?: unknown } | { readonly ok: false };
  /** Faults that were injected meanwhile. */
  readonly strikes: number;
  /** Conditional writes that lost against another writer. */
  readonly lostRaces: number;
  readonly error?: unknown;
  readonly given: readonly Given[];
}

/** Both tables, and how much had been announced by then. */
export interface Snapshot {
  readonly leads: readonly Item[];
  readonly quarantine: readonly Item[];
  readonly announced: number;
}

/** What happened on the way. Only the simulation can record it. */
export interface History {
  readonly writes: readonly Written[];
  readonly worked: readonly Worked[];
  /** Messages that were deleted before their events were stored. */
  readonly lost: readonly string[];
  readonly beforeReplay: Snapshot;
  readonly afterReplay: Snapshot;
}

/** What a run leaves behind: what was sent, what the tables hold, and what was announced. */
export interface Evidence {
  /** The models by which leads may have been judged, by version. */
  readonly models: ReadonlyMap<string, ScoringModel>;
  /** The model that is active at the end. */
  readonly active: ScoringModel;
  /** Every event that was sent, by its content. */
  readonly arrivals: ReadonlyMap<string, Arrival>;
  /** The items of both tables when everything had come to rest. */
  readonly leads: readonly Item[];
  readonly quarantine: readonly Item[];
  /** Announcements in the order in which the bus took them. */
  readonly announced: readonly Announcement[];
  /** Findings of the product's own audit. */
  readonly audited: readonly string[];
  readonly left: readonly Leftover[];
  readonly history?: History | undefined;
}

/** A violation of an invariant. */
export interface Finding {
  readonly invariant: string;
  readonly text: string;
}

export interface Invariant {
  readonly id: string;
  /** The rule, in a sentence. */
  readonly says: string;
  /** Finds violations in what is left at the end. */
  readonly check?: (evidence: Evidence) => string[];
  /** Finds violations on the way. */
  readonly checkHistory?: (history: History, evidence: Evidence) => string[];
}
