import type { InboundType, Problem } from '../../events/index.ts';

/** An e-mail address or a vendor's id of a lead. */
export interface Identifier {
  readonly type: string;
  readonly value: string;
  /** Whether it names a device or a visit rather than a person. */
  readonly anonymous?: true;
}

/** The lead that `LeadsMerged` folds into another one, by its lead id or by its identifiers, the strongest first. */
export interface MergedLead {
  readonly leadId?: string;
  readonly identifiers?: readonly Identifier[];
}

/** An event as a payload gives it, before its lead is known. */
export interface PayloadEvent {
  readonly type: InboundType;
  readonly occurredAt: string;
  /** The id, which doesn't depend on the lead, so that a repeated payload is the same event. */
  readonly eventId: string;
  /** The event's `data` without `leadId` and `mergedLeadId`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The merged lead of `LeadsMerged`. */
  readonly merged?: MergedLead;
}

/** An event that a payload doesn't give, since a value that it needs isn't there, or is one that the mapping omits. */
export interface PassedOver {
  /** The event's place in the mapping and its type, such as `events[2] LeadStageChanged`. */
  readonly event: string;
  /** The path of the value. */
  readonly path: string;
}

/** The lead of a payload: its id, or identifiers that are looked up, the strongest first. */
export type PayloadLead =
  | { readonly leadId: string; readonly identifiers?: undefined }
  | { readonly identifiers: readonly Identifier[]; readonly leadId?: undefined };

/**
 * The events of a payload, or everything that is wrong with it. Without events the mapping either has none for it, if none
 * was passed over either, or knows it and finds no value of which one would be made.
 */
export type PayloadReading =
  | {
      readonly ok: true;
      readonly lead: PayloadLead;
      readonly events: readonly PayloadEvent[];
      readonly passedOver: readonly PassedOver[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The kind's knowledge of a payload. */
export interface PayloadContext {
  /** The vendor's id of the payload, which makes the ids of its events. */
  readonly recordId: string;
  /** The instant at which the vendor says it happened, in ISO 8601 and UTC. */
  readonly occurredAt?: string;
}

export type PayloadReader = (payload: unknown, context: PayloadContext) => PayloadReading;

export interface PayloadMappingOptions {
  /** The clock, in milliseconds since 1970: the contract refuses events that are ahead of it. */
  readonly now: () => number;
}
