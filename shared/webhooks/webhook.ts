import type { Problem } from '../../events/index.ts';
import type { WebhookSource } from '../sources/index.ts';

export type WebhookKind = WebhookSource['kind'];

/** A webhook as it was received. */
export interface Received {
  readonly method: string;
  /** The public URL that the vendor called, from configuration: proxies change the host and the path that arrive here. */
  readonly url: string;
  /** Header names are in lower case. A header that was sent twice has both values, with a comma between. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, byte for byte. */
  readonly body: Buffer;
}

/** One vendor event of a webhook or of a partner bus. */
export interface Payload {
  /** The name by which payloads are counted and ignored, such as `contact.propertyChange jobtitle`. */
  readonly name: string;
  /** The vendor's identity of the payload: equal for one that is sent again. */
  readonly recordId: string;
  /** The instant at which it happened as the vendor says it, UTC, ISO 8601; left out if the vendor says none. */
  readonly occurredAt?: string;
  /** The document that the paths of the mapping read. */
  readonly content: unknown;
}

/**
 * The reasons for which a payload is no event. `own`: Sluice has written what it tells. `ignored`: the document doesn't
 * want it. `unproven`: the signature doesn't cover it. `missing-changes`: it says that the vendor has lost changes.
 * `malformed`: it lacks what the kind has to know of it, such as its id.
 */
const passedReasons = ['own', 'ignored', 'unproven', 'missing-changes', 'malformed'] as const;
export type PassedReason = (typeof passedReasons)[number];

/** A payload that becomes no event. One that is neither ours nor ignored is quarantined, so it has content. */
export interface PassedPayload {
  readonly name: string;
  readonly why: PassedReason;
  readonly recordId?: string;
  readonly content?: unknown;
  /** The reason for people, if it is quarantined. */
  readonly problem?: Problem;
}

/** The reasons for which a request is refused with the status 401. */
const unprovenReasons = [
  'missing-signature',
  'malformed-signature',
  'missing-timestamp',
  'malformed-timestamp',
  'stale',
  'ahead',
  'repeated-header',
  'wrong-signature',
  'no-secret',
] as const;
export type UnprovenReason = (typeof unprovenReasons)[number];

/** The result of verifying a request. The problem never quotes a signature or a secret. */
export type Verification =
  | {
      readonly kind: 'verified';
      /** Identifies the request as it was signed: equal only for the same request, sent again. */
      readonly signature: string;
    }
  | { readonly kind: 'refused'; readonly reason: UnprovenReason; readonly problem: Problem };

/** The problem types of a request whose form is wrong. */
export type FormProblem = 'invalid-request' | 'too-large' | 'unsupported-media-type';

/** The result of splitting a verified request. */
export type Split =
  | {
      readonly kind: 'split';
      readonly payloads: readonly Payload[];
      readonly passed: readonly PassedPayload[];
    }
  | { readonly kind: 'malformed'; readonly type: FormProblem; readonly problems: readonly Problem[] };

/** The source documents of one kind. */
export type SourceOf<Kind extends WebhookKind> = WebhookSource & { readonly kind: Kind };

/** The facts on which a request is verified. */
export interface Proof {
  /** The live secrets of the source, one or two. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A kind of source: a way to prove who sent a request, and to split the request into payloads. */
export interface SourceKind<Kind extends WebhookKind = WebhookKind> {
  /** Verifies a request over its bytes, in constant time. */
  verify(received: Received, proof: Proof, source: SourceOf<Kind>): Verification;
  /** Splits a verified request into payloads. */
  split(received: Received, source: SourceOf<Kind>): Split;
}
