/** A request that names an idempotency key. */
export interface KeyedRequest {
  /** Distinguishes callers: two callers may use the same key. */
  readonly callerId: string;
  readonly key: string;
  /** The SHA-256 of what is asked for. */
  readonly fingerprint: string;
}

/** The identity of the event that a request makes. */
export interface RequestIdentity {
  readonly eventId: string;
  /** UTC, ISO 8601. */
  readonly occurredAt: string;
}

/** The result of looking up a request by its key. The key may belong to another request. */
export type RequestFound =
  | ({ readonly kind: 'new' | 'again' } & RequestIdentity)
  | { readonly kind: 'other' };

/** The version of a lead that a caller has seen, and that nobody else may have changed the lead from. */
export interface SeenVersion {
  readonly leadId: string;
  readonly version: number;
}

/** A request that is about to become an event. */
export interface RequestToNote extends RequestIdentity {
  /** Left out if the request names no key: then it is not stored. */
  readonly keyed?: KeyedRequest | undefined;
  /** Left out if the lead may have any version. */
  readonly seen?: SeenVersion | undefined;
}

/** The result of noting a request. `taken`: another request is about to change the lead from the same version. */
export type RequestNoted = RequestFound | { readonly kind: 'taken' };

/** Stores of requests only what makes sending one again harmless, and the secret that seals the cursors of the API. */
export interface Requests {
  /**
   * Looks up a request without storing anything. One that is sent again within a day has the event id and the instant of
   * the first time, so that it makes the same event, which the ledger drops. The event id of a new one follows from the
   * caller, the key and the fingerprint.
   */
  find(keyed: KeyedRequest): Promise<RequestFound>;
  /**
   * Notes a request, and takes the version that its caller has seen: both or nothing. Of two requests with one key the
   * first counts; of two callers that have seen the same version, one is first. A version is free again after some
   * minutes: by then the event has given the lead another one, or was never put on the bus, unless scoring lags behind
   * for as long.
   */
  note(request: RequestToNote): Promise<RequestNoted>;
  /** Returns 32 random bytes, which are made the first time and are the same from then on. */
  readCursorSecret(): Promise<Buffer>;
}
