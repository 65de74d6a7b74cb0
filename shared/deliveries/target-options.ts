export interface WebhookOptions {
  readonly kind: 'webhook';
  readonly url: string;
}

/** The secret of a Slack subscription is the URL of an incoming webhook. */
export interface SlackOptions {
  readonly kind: 'slack';
  /** The hours in which the same news of a lead isn't posted again. 0 posts all. @default 24 */
  readonly cooldownHours?: number;
  /** The attributes that are the name of a lead, in order. The subscription names them too. @default name */
  readonly name?: readonly string[];
  /** The attribute that is the company of a lead. The subscription names it too. @default company */
  readonly company?: string;
  /** The address of a page about a lead, with `{leadId}` in it. @default no link */
  readonly linkTemplate?: string;
  /** An address on this machine that takes the messages instead of Slack, for tests. */
  readonly baseUrl?: string;
}

/** The way from a lead to its record in HubSpot: the rest of its lead id, or one of its attributes. */
export type HubspotRecord =
  | { readonly leadIdPrefix: string }
  /** `idProperty` is the unique property that the attribute is a value of. @default the attribute is the record's id */
  | { readonly attribute: string; readonly idProperty?: string };

/** The fields of a lead that are written to HubSpot. */
export const hubspotFields = ['score', 'tier', 'stage', 'reasons', 'scoredAt'] as const;
export type HubspotField = (typeof hubspotFields)[number];

/** The secret of a HubSpot subscription is an access token. */
export interface HubspotOptions {
  readonly kind: 'hubspot';
  readonly record: HubspotRecord;
  /** The property of HubSpot that each field is written to; null writes none. @default sluice_score and the like */
  readonly properties?: Readonly<Partial<Record<HubspotField, string | null>>>;
  /** An address on this machine that takes the requests instead of HubSpot, for tests. */
  readonly baseUrl?: string;
}

/** The part of a subscription that says what its announcements are sent to. */
export type TargetOptions = WebhookOptions | SlackOptions | HubspotOptions;
