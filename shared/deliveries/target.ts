import type { FactValue, OutboundType } from '../../events/index.ts';
import type { HttpSender } from './http-sender.ts';
import type { Subscription } from './subscription.ts';

/**
 * A delivery that is ready to be sent: the announcement, and the attributes that its subscription names, as they are
 * known now. Its target gets the attributes that it needs for itself too.
 */
export interface ReadyDelivery {
  /** The id of the announcement, which is the same in every attempt. */
  readonly eventId: string;
  readonly type: OutboundType;
  readonly occurredAt: string;
  readonly leadId: string;
  readonly version: number;
  readonly ordinal: number;
  /** The fields of the announcement that the subscription wants, without attributes. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Left out if none is known, or the lead was erased or merged. */
  readonly attributes?: Readonly<Record<string, FactValue>>;
}

/** The result of an attempt. `reason` is shown to whoever runs Sluice, so it holds nothing personal. */
export type AttemptResult =
  | { readonly kind: 'delivered'; readonly status?: number }
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly status?: number;
      /** The pause that the target asks for. */
      readonly retryAfterMs?: number;
    }
  /** This delivery will never work. */
  | { readonly kind: 'failed'; readonly reason: string; readonly status?: number }
  /** The target is gone for good, so the subscription is paused. */
  | { readonly kind: 'gone'; readonly status?: number }
  /** It ends on purpose without being sent, such as within a cooldown. */
  | { readonly kind: 'skipped'; readonly reason: string };

export interface Target {
  /** Delivers several, of different leads, at most one of each lead. The results are in the same order. */
  readonly deliver: (deliveries: readonly ReadyDelivery[]) => Promise<readonly AttemptResult[]>;
  /** The most deliveries at once. */
  readonly most: number;
  /** The most calls of `deliver` in a second. @default as many as the target answers */
  readonly perSecond?: number;
  /** True if the deliveries of a call go out in one request, so that they fail as one. */
  readonly inOneRequest?: true;
  /** The attributes that the target needs beside those that the subscription names. @default none */
  readonly needs?: readonly string[];
}

/** Reads secrets by name, the newest first. A name without a secret has none. */
interface SecretReader {
  readonly read: (name: string) => Promise<readonly string[]>;
}

/** A note of a target about what it has sent. Its key may contain a lead id, so that it goes with the lead. */
export interface TargetNote {
  /** Left out: the note is about the target as a whole. */
  readonly leadId?: string;
  readonly about: string;
}

/** The memory of a target from one call to the next, among what is stored of its subscription. */
export interface TargetMemory {
  /** Reads a value that was written and hasn't expired at `now()`. */
  readonly read: (note: TargetNote) => Promise<string | undefined>;
  readonly write: (note: TargetNote, value: string, ttlMs: number) => Promise<void>;
}

export interface TargetDeps {
  readonly secrets: SecretReader;
  readonly memory: TargetMemory;
  readonly http: HttpSender;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

export type CreateTarget = (subscription: Subscription, deps: TargetDeps) => Target;
