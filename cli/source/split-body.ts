import { isObject, type Problem } from '../../events/index.ts';
import { parsePartnerEvent, splitPartnerEvent } from '../../shared/partners/index.ts';
import {
  isWebhookSource,
  type PartnerSource,
  type SourceDocument,
  type WebhookSource,
} from '../../shared/sources/index.ts';
import { kindOf, type PassedPayload, type Payload, type Received } from '../../shared/webhooks/index.ts';

/** The payloads of a file, or why it is nothing that the source could send. */
export type SplitBody =
  | { readonly payloads: readonly Payload[]; readonly passed: readonly PassedPayload[] }
  | { readonly problems: readonly Problem[] };

/** Returns the content type by which a source sends a body. */
export const mediaType = (source: WebhookSource, body: unknown): string => {
  if (source.kind !== 'cloudevents') return 'application/json';
  return `application/cloudevents${Array.isArray(body) ? '-batch' : ''}+json`;
};

const buildRequest = (source: WebhookSource, body: unknown): Received => ({
  method: 'POST',
  url: `https://localhost/hooks/${source.name}`,
  // Standard Webhooks has the id of a message in a header, which no file has.
  headers: { 'content-type': mediaType(source, body), 'webhook-id': 'msg_try' },
  body: Buffer.from(JSON.stringify(body)),
});

const splitRequest = (source: WebhookSource, body: unknown): SplitBody => {
  const split = kindOf(source).split(buildRequest(source, body), source);
  return split.kind === 'split' ? split : { problems: split.problems };
};

/** Reads the body of a request, or one payload of it alone. */
const splitWebhook = (source: WebhookSource, body: unknown): SplitBody => {
  if (source.kind === 'hubspot' && isObject(body)) return splitRequest(source, [body]);
  if (source.kind !== 'generic' || source.items === undefined) return splitRequest(source, body);
  const whole = splitRequest(source, body);
  return 'payloads' in whole ? whole : splitRequest({ ...source, items: undefined }, body);
};

/** Reads an event of a partner bus, or its detail alone. */
const splitPartner = (source: PartnerSource, body: unknown): SplitBody => {
  const event = parsePartnerEvent(body);
  if (event !== undefined) return splitPartnerEvent(source, event);
  if (!isObject(body)) {
    return { problems: [{ path: 'body', given: 'no object', allowed: 'an event of EventBridge' }] };
  }
  const time = '1970-01-01T00:00:00Z';
  return splitPartnerEvent(source, {
    id: 'try',
    source: source.bus,
    'detail-type': '(none)',
    time,
    detail: body,
  });
};

/** Splits what a source sends into payloads, without a signature: a whole request body, or a single payload. */
export const splitBody = (source: SourceDocument, body: unknown): SplitBody =>
  isWebhookSource(source) ? splitWebhook(source, body) : splitPartner(source, body);
