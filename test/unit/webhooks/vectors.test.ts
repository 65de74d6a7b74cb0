import { describe, expect, it } from 'vitest';
import { kindOf, type Received } from '../../../shared/webhooks/index.ts';
import type { WebhookKind } from '../../../shared/webhooks/webhook.ts';
import { buildSource } from '../../support/webhooks.ts';

interface Vector {
  readonly from: string;
  readonly kind: WebhookKind;
  readonly secret: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly url?: string;
  /** Seconds since 1970. */
  readonly at: number;
}

const hubspot = {
  kind: 'hubspot',
  secret: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
  body: "{'example_field':'example_value'}",
  url: 'https://www.example.com/webhook_uri',
} as const;

const body = '{"event_id":"01","form_response":{"token":"abc"}}';
const own = { secret: 'sluice-test-key', body, at: 1_700_000_000, from: "Python's hmac" };

/** Signatures that were computed by the vendors' own libraries, or by another implementation of their scheme. */
const vectors: readonly Vector[] = [
  {
    ...hubspot,
    from: "HubSpot's library for Python",
    headers: {
      'x-hubspot-signature-v3': 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=',
      'x-hubspot-request-timestamp': '1693657560000',
    },
    at: 1_693_657_560,
  },
  {
    ...hubspot,
    from: "HubSpot's library for Ruby",
    headers: {
      'x-hubspot-signature-v3': 'RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw=',
      'x-hubspot-request-timestamp': '1700000300000',
    },
    at: 1_700_000_300,
  },
  {
    kind: 'standard-webhooks',
    from: 'the library of Standard Webhooks for C#',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    body: '{"test": 2432232314}',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    at: 1_614_265_330,
  },
  {
    ...own,
    kind: 'typeform',
    headers: { 'typeform-signature': 'sha256=g6kQq9HPE/pFH4cLvOa8uRzfHh4e5W5UGEuZj4vuQss=' },
  },
  {
    ...own,
    kind: 'calendly',
    headers: {
      'calendly-webhook-signature':
        't=1700000000,v1=d1556a766b318c466d18ce3f04f60ca6c768bf3f66a69bbe4ff581f6eed1a203',
    },
  },
  { ...own, kind: 'segment', headers: { 'x-signature': '7ba639c87cfff1536c98a7425f9689b6d06f9cac' } },
  {
    ...own,
    kind: 'customerio',
    headers: {
      'x-cio-timestamp': '1700000000',
      'x-cio-signature': '95c798a3cbbb65dddfc1bfb68e38ba9b5c8bbd41df61a0fa3d205ae2b8feb793',
    },
  },
];

const verify = (
  { kind, secret, body: text, headers, url = '', at }: Vector,
  change: Partial<Received> = {},
) => {
  const source = buildSource(kind);
  const received = { method: 'POST', url, headers, body: Buffer.from(text), ...change };
  return kindOf(source).verify(received, { secrets: [secret], now: at * 1_000 }, source);
};

describe('a signature that somebody else has computed', () => {
  it.each(vectors)('verifies: $kind, from $from', (vector) => {
    expect(verify(vector)).toMatchObject({ kind: 'verified' });
  });

  it.each(vectors)('is refused over a body that differs in one byte: $kind, from $from', (vector) => {
    for (const at of [0, vector.body.length - 1]) {
      const changed = Buffer.from(vector.body);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(verify(vector, { body: changed })).toMatchObject({ kind: 'refused', reason: 'wrong-signature' });
    }
  });

  it.each(vectors)('is refused with another secret: $kind, from $from', (vector) => {
    const secret = `${vector.secret.slice(0, -1)}A`;
    expect(verify({ ...vector, secret })).toMatchObject({ reason: 'wrong-signature' });
  });
});
