import type { Change } from '../../infra/local/engine/memory/database.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';

/**
 * The required outcome of an event: a ledger entry, a place in quarantine, or either, depending on which came first.
 */
export type Fate = 'recorded' | 'rejected' | 'either';

/** An event that was sent, through whatever entrance. */
export interface Arrival {
  /** The first of several texts with the same content. */
  readonly body: string;
  /** The identity of the content, see `contentKey`. */
  readonly key: string;
  readonly fate: Fate;
  /** A name that rival events share: exactly one of them is recorded; the others are quarantined. */
  readonly contest?: string | undefined;
  /** When it first came, in milliseconds since 1970; only the simulation knows it. */
  readonly at?: number | undefined;
}

/** The part of an announcement that the checks read. */
export interface Announcement {
  readonly 'detail-type': string;
  readonly detail: {
    readonly metadata: { readonly eventId: string; readonly occurredAt: string };
    readonly data: unknown;
  };
}

/** The contents of a place where nothing may be left: a queue, a dead-letter queue, the failed records of a stream. */
export interface Leftover {
  readonly place: string;
  readonly bodies: readonly string[];
}

/** One item written, and the step of the run. All writes of one transaction have the same step. */
export interface Written extends Change {
  readonly step: number;
  /** The virtual time, in milliseconds since 1970. */
  readonly at: number;
}

/** A message or a stream record that a function was invoked with. */
export interface Given {
  readonly id: string;
  readonly body: string;
  /** Whether the function may fail on it every time. */
  readonly mayFail: boolean;
}

/** One invocation of a function. */
export interface Worked {
  readonly functionName: string;
  readonly result: { readonly ok: true; readonly response?: unknown } | { readonly ok: false };
  /** The number of faults that were injected meanwhile. */
  readonly strikes: number;
  /** The number of conditional writes that lost against another writer. */
  readonly lostRaces: number;
  readonly error?: unknown;
  readonly given: readonly Given[];
}

/** Both tables, and the number of announcements by then. */
export interface Snapshot {
  readonly leads: readonly Item[];
  readonly quarantine: readonly Item[];
  readonly announced: number;
}

/** The history of a run. Only the simulation can record it. */
export interface History {
  readonly writes: readonly Written[];
  readonly worked: readonly Worked[];
  /** The messages that were deleted before their events were stored. */
  readonly lost: readonly string[];
  readonly beforeReplay: Snapshot;
  readonly afterReplay: Snapshot;
}

/** A payload that a tool has sent about a person, with the identifiers that it had. */
interface SentPayload {
  readonly at: string;
  readonly kind: string;
  readonly user?: string;
  readonly email?: string;
  readonly device?: string;
}

/** A request that a target of deliveries has received. */
export interface ReceivedAtTarget {
  readonly url: string;
  /** The id of the announcement. */
  readonly id: string;
  readonly body: string;
  readonly taken: boolean;
}

/** The results of webhooks and deliveries. */
export interface Integrations {
  readonly payloads: readonly SentPayload[];
  readonly whenTwoMeet: 'suggest' | 'merge';
  readonly sharedDevice: boolean;
  /** The answers to webhooks that no fault explains. */
  readonly unexplained: readonly string[];
  readonly identities: readonly Item[];
  readonly subscriptions: readonly { readonly name: string; readonly events: readonly string[] }[];
  readonly deliveries: readonly Item[];
  /** The requests of all targets, in the order in which they came. */
  readonly received: readonly ReceivedAtTarget[];
}

/** The results of a run: the events sent, the contents of the tables, and the announcements. */
export interface Evidence {
  /** The models by which leads may have been judged, by version. */
  readonly models: ReadonlyMap<string, ScoringModel>;
  /** The model that is active at the end. */
  readonly active: ScoringModel;
  /** Every event that was sent, by its content. */
  readonly arrivals: ReadonlyMap<string, Arrival>;
  /** The items of the leads table when everything had come to rest. */
  readonly leads: readonly Item[];
  readonly quarantine: readonly Item[];
  /** The announcements; in a simulation, in the order in which the bus took them. */
  readonly announced: readonly Announcement[];
  /** The findings of the product's own audit. */
  readonly audited: readonly string[];
  /** The findings of a recount of the funnel when all was at rest; left out if there was none. */
  readonly recounted?: readonly string[] | undefined;
  readonly left: readonly Leftover[];
  /** Left out if nothing came by webhooks and nothing was delivered. */
  readonly integrations?: Integrations | undefined;
  /**
   * The instant up to which everything that was due was waited for, in milliseconds since 1970; undefined if nobody
   * waited.
   */
  readonly waitedUntil?: number | undefined;
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
  readonly rule: string;
  /** Finds violations in the state at the end. */
  readonly check?: (evidence: Evidence) => string[];
  /** Finds violations in the history. */
  readonly checkHistory?: (history: History, evidence: Evidence) => string[];
}
