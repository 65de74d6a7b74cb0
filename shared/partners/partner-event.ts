import type { PassedPayload, Payload } from '../webhooks/index.ts';

/** An event of a partner bus, as a rule delivers it. */
export interface PartnerEvent {
  /** The id that EventBridge gave it. */
  readonly id: string;
  /** The partner event source, which is also the name of its bus: `aws.partner/salesforce.com/<org>/<channel>`. */
  readonly source: string;
  readonly 'detail-type': string;
  /** The instant at which the vendor sent it, in whole seconds. */
  readonly time: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The payloads of an event, and what becomes no event of Sluice. */
export interface PartnerSplit {
  readonly payloads: readonly Payload[];
  readonly passed: readonly PassedPayload[];
}
