import type { BusEvent } from '../../events/index.ts';

/** An e-mail address or the id of a tool, by which a lead is known. */
export interface Identifier {
  /** The type, such as `email` or `hubspot`. Two identifiers are the same if type and value are. */
  readonly type: string;
  readonly value: string;
  /** True for the id of a browser or device, which doesn't say who the person is. */
  readonly anonymous?: true;
}

/** Identifiers of one payload, whose lead is asked for. */
export interface ResolveRequest {
  /** One to 20, strongest first. An anonymous identifier counts as weaker than all that aren't. */
  readonly identifiers: readonly Identifier[];
  /** The payload's `occurredAt`: UTC, ISO 8601 with milliseconds. */
  readonly at: string;
  /** The source of the payload, which the events name. */
  readonly source: string;
  /** Says whether two known leads that share an identifier are merged, or only noted as a pair. */
  readonly whenTwoMeet: 'suggest' | 'merge';
  /** If false, the lead is only looked up: an unknown person gets the id that it would have, and nothing is stored. */
  readonly create: boolean;
}

/** The lead of a payload. */
export interface Resolved {
  readonly leadId: string;
  /** Events to put on the bus before those of the payload. */
  readonly events: readonly BusEvent[];
  /** Marks the events as announced, once the bus took them. Until then, whoever resolves the identifiers gets them again. */
  confirm(): Promise<void>;
}

/** Knows which lead an identifier belongs to. */
export interface Identities {
  /**
   * Returns the lead that a payload is about, and links its identifiers to it. A link never changes, so that the same
   * payload gives the same lead whenever it comes.
   *
   * @throws TypeError if an identifier is one that `checkIdentifier` refuses
   */
  resolve(request: ResolveRequest): Promise<Resolved>;
}
