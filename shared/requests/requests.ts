/** A request that names an idempotency key. */
export interface KeyedRequest {
  /** Tells callers apart: two callers may use the same key. */
  readonly callerId: string;
  readonly key: string;
  /** The SHA-256 of what is asked for. */
  readonly fingerprint: string;
}

/**
 * The result of noting a request: its instant (UTC, ISO 8601), the first time and every time that it is sent again; or
 * that the key belongs to another request.
 */
export type RequestNoted =
  | { readonly kind: 'new' | 'again'; readonly occurredAt: string; readonly eventId: string }
  | { readonly kind: 'other' };

/** A claim to be the one who changes a lead that has a version. */
export interface VersionClaim {
  readonly leadId: string;
  readonly version: number;
  /** The id of the event that is to change the lead. */
  readonly eventId: string;
}

/** What the API stores of requests: what makes sending one again harmless, and the secret that seals its cursors. */
export interface Requests {
  /**
   * Notes a request. One that is sent again within a day gets the instant and the event id of the first time, so that it
   * makes the same event, which the ledger drops.
   */
  note(request: KeyedRequest): Promise<RequestNoted>;
  /**
   * Claims a version of a lead for an event. Of two callers that have seen the same version, one is first. A claim ends
   * after some minutes: by then its event has given the lead another version, or was never put on the bus.
   *
   * @returns whether the event has the claim
   */
  claimVersion(claim: VersionClaim): Promise<boolean>;
  /** Returns 32 random bytes, which are made the first time and are the same from then on. */
  readCursorSecret(): Promise<Buffer>;
}
