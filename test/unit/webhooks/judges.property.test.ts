import { CloudEvent, HTTP } from 'cloudevents';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { kindOf, type Received, type Split } from '../../../shared/webhooks/index.ts';
import { now } from '../../support/events.ts';
import { seeded } from '../../support/seed.ts';
import { buildSource } from '../../support/webhooks.ts';

const received = (headers: Readonly<Record<string, string>>, body: string | Buffer): Received => ({
  method: 'POST',
  url: 'https://hooks.example.com/hooks/judged',
  headers,
  body: Buffer.from(body),
});

// The package reads the clock itself.
beforeAll(() => void vi.useFakeTimers({ now, toFake: ['Date'] }));
afterAll(() => void vi.useRealTimers());

describe('the package standardwebhooks', () => {
  const source = buildSource('standard-webhooks');
  const key = fc
    .uint8Array({ minLength: 24, maxLength: 64 })
    .map((bytes) => Buffer.from(bytes).toString('base64'));
  const id = fc.stringMatching(/^[A-Za-z0-9_.-]{1,40}$/);
  const bodyOf = fc.json();

  const verify = (given: Received, secrets: readonly string[]) =>
    kindOf(source).verify(given, { secrets, now }, source).kind;

  it('signs what is verified, with either secret', () => {
    fc.assert(
      fc.property(
        key,
        key,
        id,
        bodyOf,
        fc.integer({ min: -300, max: 300 }),
        (secret, other, name, body, off) => {
          const at = new Date(now + off * 1_000);
          const headers = {
            'webhook-id': name,
            'webhook-timestamp': String(at.getTime() / 1_000),
            'webhook-signature': new Webhook(secret).sign(name, at, body),
          };
          expect(verify(received(headers, body), [other, `whsec_${secret}`])).toBe('verified');
          if (other !== secret) expect(verify(received(headers, body), [other])).toBe('refused');
        },
      ),
      seeded(),
    );
  });

  /** A change of one header or of the body, by which most requests are no longer right. */
  const changes = fc.constantFrom<(headers: Record<string, string>) => void>(
    () => {},
    (headers) => delete headers['webhook-id'],
    (headers) => (headers['webhook-id'] += '.1'),
    (headers) => (headers['webhook-timestamp'] = '0'),
    (headers) => (headers['webhook-timestamp'] = 'x'),
    (headers) => (headers['webhook-timestamp'] += '.5'),
    (headers) => (headers['webhook-timestamp'] = ` ${headers['webhook-timestamp']} `),
    (headers) => (headers['webhook-timestamp'] = String(Number(headers['webhook-timestamp']) + 301)),
    (headers) => (headers['webhook-signature'] = `v1a,AAAA ${headers['webhook-signature']}`),
    (headers) => (headers['webhook-signature'] = `v1,AAAA ${headers['webhook-signature']} v2,x`),
    (headers) => (headers['webhook-signature'] = headers['webhook-signature']?.replace('v1', 'v2') ?? ''),
    (headers) => (headers['webhook-signature'] = headers['webhook-signature']?.slice(0, -1) ?? ''),
    (headers) => (headers['webhook-signature'] = `${headers['webhook-signature']},`),
    (headers) => (headers['webhook-signature'] = ''),
  );

  it('verifies everything that is verified, and refuses nothing of it', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(key, id, bodyOf, changes, fc.boolean(), (secret, name, body, change, isOther) => {
        const headers: Record<string, string> = {
          'webhook-id': name,
          'webhook-timestamp': String(now / 1_000),
          'webhook-signature': new Webhook(secret).sign(name, new Date(now), body),
        };
        change(headers);
        const text = isOther ? `${body} ` : body;
        const judged = () => new Webhook(secret).verify(text, headers);
        const result = verify(received(headers, text), [`whsec_${secret}`]);
        met.add(result);
        if (result === 'verified') expect(judged).not.toThrow();
      }),
      seeded(),
    );
    expect([...met].toSorted()).toEqual(['refused', 'verified']);
  });
});

describe('the package cloudevents', () => {
  const source = buildSource('cloudevents');
  const text = fc.string({ minLength: 1, maxLength: 20 }).filter((each) => each.trim() !== '');
  const event = fc.record(
    {
      id: text,
      source: fc.constantFrom('/shop', 'https://example.com/a', 'urn:x:1'),
      type: fc.stringMatching(/^[a-z]{1,10}(\.[a-z]{1,5}){0,3}$/),
      time: fc.constantFrom('2026-05-31T23:59:00.000Z', '2026-05-31T23:59:59.999Z'),
      subject: fc.stringMatching(/^[A-Za-z0-9 ]{1,10}[a-z]$/),
      data: fc
        .dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 })
        .filter((data) => !JSON.stringify(data).includes('__proto__')),
    },
    { requiredKeys: ['id', 'source', 'type', 'data'] },
  );

  const lower = (headers: object): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  const split = (given: Received): Split => kindOf(source).split(given, source);
  const contentOf = (result: Split): unknown =>
    result.kind === 'split' ? result.payloads.map(({ content }) => content) : result;

  it('writes in structured mode what is read as the same event', () => {
    fc.assert(
      fc.property(event, (given) => {
        const { headers, body } = HTTP.structured(
          new CloudEvent({ ...given, datacontenttype: 'application/json' }),
        );
        const wanted = JSON.parse(String(body));
        expect(contentOf(split(received(lower(headers), String(body))))).toEqual([wanted]);
        expect(wanted.data).toEqual(JSON.parse(JSON.stringify(given.data)));
      }),
      seeded(),
    );
  });

  it('writes in binary mode what is read as the same event', () => {
    const ascii = fc.stringMatching(/^[!-$&-~]{1,20}$/);
    fc.assert(
      fc.property(event, ascii, (given, id) => {
        const sent = { ...given, id, datacontenttype: 'application/json' };
        const { headers, body } = HTTP.binary(new CloudEvent(sent));
        const read = contentOf(split(received(lower(headers), String(body))));
        // The package gives an event without a time that of the clock.
        const { time } = new CloudEvent(sent);
        expect(read).toEqual([
          { ...sent, time, specversion: '1.0', data: JSON.parse(JSON.stringify(given.data)) },
        ]);
      }),
      seeded(),
    );
  });

  it('takes every event that is taken, though it also takes some that are none', () => {
    const anyField = fc.oneof(
      { weight: 9, arbitrary: text },
      { weight: 1, arbitrary: fc.constantFrom('', 7, null) },
    );
    const anyEvent = fc.record(
      {
        specversion: fc.constantFrom('1.0', '1.0', '1.0', '0.3', 1),
        id: anyField,
        source: anyField,
        type: anyField,
        data: fc.object(),
      },
      { requiredKeys: ['specversion', 'id'] },
    );
    const met = new Set<string>();
    fc.assert(
      fc.property(anyEvent, (given) => {
        const body = JSON.stringify(given);
        const headers = { 'content-type': 'application/cloudevents+json' };
        const result = split(received(headers, body));
        met.add(result.kind);
        if (result.kind === 'split') expect(() => HTTP.toEvent({ headers, body })).not.toThrow();
      }),
      seeded(),
    );
    expect([...met].toSorted()).toEqual(['malformed', 'split']);
  });
});
