import type { PayloadMapping } from '../mapping/index.ts';

/** The part of a source document that all kinds have, as it is after parsing: defaults are in place. */
interface SourceOfAnyKind {
  /** The name, which is also that of the document's file: 1 to 32 characters of a-z 0-9 -. */
  readonly name: string;
  readonly description?: string | undefined;
  readonly owner: string;
  /** The source is called silent if nothing came for so many hours. */
  readonly silentAfterHours?: number | undefined;
  /** The names of payloads that are not wanted. */
  readonly ignore: readonly string[];
  readonly mapping: PayloadMapping;
}

interface WithSecret extends SourceOfAnyKind {
  /** The name of its secrets; by default that of the source. */
  readonly secret: string;
}

interface HubspotSource extends WithSecret {
  readonly kind: 'hubspot';
  /** The `sourceId`s of changes that Sluice made itself. */
  readonly ownSourceIds: readonly string[];
  /** The properties that Sluice writes. */
  readonly ownProperties: readonly string[];
}

interface SegmentSource extends WithSecret {
  readonly kind: 'segment';
  /** Segment signs only the first event of a batch: refuse batches, or take the first event alone. */
  readonly batching: 'refuse' | 'first';
}

interface CloudEventsSource extends WithSecret {
  readonly kind: 'cloudevents';
  /** The allowed values of `WebHook-Request-Origin`, or `*` for all. */
  readonly origins: readonly string[] | '*';
  /** The most requests a minute that the handshake grants. */
  readonly rate?: number | undefined;
}

export interface GenericSource extends WithSecret {
  readonly kind: 'generic';
  /** The name of the header that carries the secret, in lower case. */
  readonly header: string;
  /** The path of the list of payloads in the body; without it the body is one payload. */
  readonly items?: string | undefined;
  /** The path of a payload's id. */
  readonly recordId: string;
  /** The path of a payload's name. */
  readonly payloadName?: string | undefined;
}

interface PlainSource extends WithSecret {
  readonly kind: 'typeform' | 'calendly' | 'customerio' | 'standard-webhooks';
}

export interface SegmentPartnerSource extends SourceOfAnyKind {
  readonly kind: 'segment-eventbridge';
  /** The name of the partner event bus. */
  readonly bus: string;
}

export interface SalesforceSource extends SourceOfAnyKind {
  readonly kind: 'salesforce-cdc';
  /** The name of the partner event bus. */
  readonly bus: string;
  /** The API clients of `changeOrigin` (`client=…`) that are Sluice's own. */
  readonly ownClients: readonly string[];
}

export type WebhookSource = HubspotSource | SegmentSource | CloudEventsSource | GenericSource | PlainSource;
export type PartnerSource = SegmentPartnerSource | SalesforceSource;

/** A source document that was checked. Functions read a list of them from a file of JSON. */
export type SourceDocument = WebhookSource | PartnerSource;

export const webhookKinds = [
  'hubspot',
  'segment',
  'typeform',
  'calendly',
  'customerio',
  'cloudevents',
  'standard-webhooks',
  'generic',
] as const satisfies readonly WebhookSource['kind'][];

export const partnerKinds = [
  'segment-eventbridge',
  'salesforce-cdc',
] as const satisfies readonly PartnerSource['kind'][];

/** Whether a source sends webhooks. */
export const isWebhookSource = (source: SourceDocument): source is WebhookSource =>
  webhookKinds.some((kind) => kind === source.kind);
