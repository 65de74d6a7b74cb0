import type { GatewayRequest } from '../../shared/api/index.ts';
import type { Received } from '../../shared/webhooks/index.ts';

/** The part of a request of an HTTP API, payload format 2.0, that is read. */
export interface WebhookRequest extends GatewayRequest {
  /** The query as it was sent; empty if there is none. */
  readonly rawQueryString?: string | undefined;
}

/** Returns the headers by their names in lower case. Of two names that differ only in case, both values count. */
const readHeaders = (given: WebhookRequest['headers']): Record<string, string> => {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(given ?? {})) {
    if (value === undefined || value === null) continue;
    const lower = name.toLowerCase();
    const before = headers.get(lower);
    headers.set(lower, before === undefined ? String(value) : `${before},${value}`);
  }
  return Object.fromEntries(headers);
};

/**
 * Returns a webhook as its sender has sent it.
 *
 * @param hooksUrl the public URL of the door
 * @param source the name of the source
 */
export const readRequest = (
  { headers, body, isBase64Encoded, rawQueryString = '', requestContext }: WebhookRequest,
  hooksUrl: string,
  source: string,
): Received => ({
  method: requestContext.http.method,
  url: `${hooksUrl.replace(/\/+$/, '')}/hooks/${source}${rawQueryString === '' ? '' : `?${rawQueryString}`}`,
  headers: readHeaders(headers),
  body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
});
