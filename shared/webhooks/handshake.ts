import { type Problem, showValue } from '../../events/index.ts';
import type { Received, SourceOf } from './webhook.ts';

/** The answer to the question whether events may be sent: headers, or why not. */
export type Handshake =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly problem: Problem };

/** The longest origin. It is a DNS name or a URI. */
const longest = 256;

/**
 * Answers the question of a sender of CloudEvents whether it may send. The address in `WebHook-Request-Callback`, by
 * which it could be allowed later, is never called. Source: CloudEvents, HTTP 1.1 Web Hooks, section 4.
 */
export const answerHandshake = (
  { headers }: Received,
  { origins, rate }: SourceOf<'cloudevents'>,
): Handshake => {
  const origin = headers['webhook-request-origin']?.trim() ?? '';
  const isAllowed = origins === '*' || origins.includes(origin);
  if (origin === '' || origin.length > longest || !/^[\x21-\x7e]+$/.test(origin) || !isAllowed) {
    const path = 'headers.webhook-request-origin';
    return { ok: false, problem: { path, given: showValue(origin), allowed: 'an origin of the source' } };
  }
  return {
    ok: true,
    headers: {
      'webhook-allowed-origin': origin,
      'webhook-allowed-rate': rate === undefined ? '*' : String(rate),
    },
  };
};
