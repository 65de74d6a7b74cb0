import { createHmac, randomUUID } from 'node:crypto';
import type { WebhookSource } from '../../shared/sources/index.ts';

/** A request as a vendor sends it, before it is signed. */
export interface UnsignedWebhook {
  readonly source: WebhookSource;
  /** The URL to which it is sent. */
  readonly url: string;
  /** The body, as it is sent. */
  readonly body: string;
  readonly secret: string;
  /** The instant of sending, in milliseconds since 1970. */
  readonly now: number;
}

type Hash = (key: string | Buffer, text: string, encoding: 'hex' | 'base64') => string;

const sha256: Hash = (key, text, encoding) => createHmac('sha256', key).update(text).digest(encoding);

/** Returns what Segment signs: of a batch only the first event. */
const segmentText = (body: string): string => {
  const parsed: unknown = JSON.parse(body);
  return Array.isArray(parsed) && parsed[0] !== undefined ? JSON.stringify(parsed[0]) : body;
};

/** Returns the headers by which the vendor of a source proves a request, as the vendors' documentation has it. */
export const signWebhook = ({ source, url, body, secret, now }: UnsignedWebhook): Record<string, string> => {
  const seconds = String(Math.floor(now / 1_000));
  switch (source.kind) {
    case 'hubspot':
      return {
        'x-hubspot-request-timestamp': String(now),
        'x-hubspot-signature-v3': sha256(secret, `POST${url}${body}${now}`, 'base64'),
      };
    case 'segment':
      return { 'x-signature': createHmac('sha1', secret).update(segmentText(body)).digest('hex') };
    case 'typeform':
      return { 'typeform-signature': `sha256=${sha256(secret, body, 'base64')}` };
    case 'calendly':
      return {
        'calendly-webhook-signature': `t=${seconds},v1=${sha256(secret, `${seconds}.${body}`, 'hex')}`,
      };
    case 'customerio':
      return {
        'x-cio-timestamp': seconds,
        'x-cio-signature': sha256(secret, `v0:${seconds}:${body}`, 'hex'),
      };
    case 'standard-webhooks': {
      const id = `msg_${randomUUID()}`;
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
      return {
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': `v1,${sha256(key, `${id}.${seconds}.${body}`, 'base64')}`,
      };
    }
    case 'cloudevents':
      return { authorization: `Bearer ${secret}` };
    case 'generic':
      return { [source.header]: secret };
    default:
      return source satisfies never;
  }
};
