import fc from 'fast-check';
import { expect } from 'vitest';
import { problemDocument } from '../../events/api/index.ts';
import { parseInbound } from '../../events/index.ts';
import type { WebhookRequest } from '../../functions/receive-webhooks/read-request.ts';
import type { WebhookKind } from '../../shared/webhooks/webhook.ts';
import { now } from '../support/events.ts';
import { hostileText, hostileVersionOf } from '../support/hostile.ts';
import { createWebhookWorld, type WebhookWorld, webhookKinds } from '../support/webhook-world.ts';
import { buildSource, mediaTypeOf, samples, secretOf, signers } from '../support/webhooks.ts';

/** A request, and the kind whose source it is for. */
interface GivenWebhook {
  readonly kind: WebhookKind;
  readonly request: WebhookRequest;
}

/** Sources of all kinds, and one that takes the first event of a batch. */
export const createFuzzedWorld = (): WebhookWorld =>
  createWebhookWorld({
    sources: webhookKinds.map((kind) => buildSource(kind, kind === 'segment' ? { batching: 'first' } : {})),
  });

const other = 'whsec_b3RoZXJvdGhlcm90aGVyb3RoZXI=';
const large = JSON.stringify('x'.repeat(1024 * 1024));

/** Bodies beside those of the vendors that reach a limit or a branch of a kind. */
const oddBodies = [
  '',
  '[]',
  '{}',
  'null',
  '[',
  '1e999',
  large,
  JSON.stringify(Array(101).fill(samples.hubspot[0])),
  JSON.stringify([samples.segment, samples.segment]),
  JSON.stringify([{ ...samples.hubspot[0], subscriptionType: 'contact.merge', mergedObjectIds: [1, 2] }]),
  JSON.stringify([{ ...samples.hubspot[0], subscriptionType: 'contact.privacyDeletion' }]),
];

const bodyOf = (kind: WebhookKind): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(JSON.stringify(samples[kind])) },
    { weight: 8, arbitrary: hostileVersionOf([samples[kind]]) },
    { weight: 1, arbitrary: hostileVersionOf(Object.values(samples)) },
    { weight: 2, arbitrary: fc.constantFrom(...oddBodies) },
    { weight: 1, arbitrary: hostileText },
  );

const names = [
  ...new Set(webhookKinds.flatMap((kind) => Object.keys(signers[kind]('')))),
  ...['content-type', 'content-encoding', 'ce-id', 'ce-type', 'ce-specversion', 'webhook-request-origin'],
  ...['__proto__', 'constructor', 'X-Signature', 'Authorization'],
];

const values = fc.oneof(
  hostileText,
  fc.constantFrom(
    '',
    ' ',
    ',',
    '0',
    'NaN',
    '1e99',
    '9'.repeat(400),
    't=1,v1=ab',
    'v1,AAAA v1,BBBB',
    'sha256=',
  ),
  fc.constantFrom(
    'text/plain',
    'application/json; x',
    'application/cloudevents-batch+json',
    'Bearer ',
    'Bearer x',
  ),
);

const spoilt = fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 2 });

/** Headers in which one may be missing, sent twice, or another one. */
const changesOf = fc.record({
  drop: fc.nat({ max: 40 }),
  twice: fc.nat({ max: 40 }),
  spoilt: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: spoilt }),
});
type Changes = typeof changesOf extends fc.Arbitrary<infer T> ? T : never;

const change = (headers: Readonly<Record<string, string>>, { drop, twice, spoilt: put }: Changes) => ({
  ...Object.fromEntries(
    Object.entries(headers).flatMap(([name, value], i) =>
      i === drop ? [] : [[name, i === twice ? `${value},${value}` : value]],
    ),
  ),
  ...put,
});

const timeOf = (kind: WebhookKind) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(String(kind === 'hubspot' ? now : now / 1_000)) },
    { weight: 1, arbitrary: fc.constantFrom('0', 'NaN', '-1', '1e12', String(now * 2), 'Infinity') },
  );

const path = (kind: WebhookKind) =>
  fc.oneof(
    { weight: 16, arbitrary: fc.constant<string>(kind) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<string>(...webhookKinds, '__proto__', 'nobody', '', '%00', 'a/b'),
    },
  );

const requestOf = (kind: WebhookKind): fc.Arbitrary<GivenWebhook> =>
  fc
    .record({
      body: bodyOf(kind),
      key: fc.oneof(
        { weight: 12, arbitrary: fc.constant(secretOf(kind)) },
        { weight: 1, arbitrary: fc.constantFrom(other, '') },
      ),
      time: timeOf(kind),
      changes: changesOf,
      source: path(kind),
      method: fc.oneof(
        { weight: 20, arbitrary: fc.constant('POST') },
        { weight: 1, arbitrary: fc.constantFrom('OPTIONS', 'GET', 'PUT', 'HEAD') },
      ),
      isBase64: fc.boolean(),
      isBroken: fc.nat({ max: 30 }),
    })
    .map(({ body, key, time, changes, source, method, isBase64, isBroken }) => {
      const headers = { 'content-type': mediaTypeOf(kind), ...signers[kind](body, key, { time }) };
      const bytes =
        isBroken === 0 ? Buffer.concat([Buffer.from(body), Buffer.from([0xff])]) : Buffer.from(body);
      const request: WebhookRequest = {
        routeKey: method === 'POST' ? 'POST /hooks/{source}' : '$default',
        rawPath: `/hooks/${source}`,
        headers: change(headers, changes),
        pathParameters: method === 'POST' ? { source } : undefined,
        requestContext: { requestId: 'request-1', http: { method } },
        body: bytes.toString(isBase64 ? 'base64' : 'utf8'),
        isBase64Encoded: isBase64,
      };
      return { kind, request };
    });

/** Returns webhooks of every kind that are right, or wrong in any part. */
export const anyWebhook: fc.Arbitrary<GivenWebhook> = fc.oneof(...webhookKinds.map(requestOf));

/**
 * Returns a function that sends a webhook and expects an answer that a vendor may get; of a refused one nothing is stored
 * or put on the bus, and of one that is sent again nothing more. It returns the status, with the reason of a refusal.
 */
export const createSender =
  (world: WebhookWorld) =>
  async ({ request }: GivenWebhook): Promise<string> => {
    const before = world.stored();
    const takenBefore = world.taken.length;
    const answer = await world.send(request);
    expect([200, 400, 401, 405, 413, 415], answer.body).toContain(answer.statusCode);
    const body = answer.body === '' ? {} : JSON.parse(answer.body);
    if (answer.statusCode !== 200) {
      expect(problemDocument.safeParse(body).error?.issues, answer.body).toBeUndefined();
      expect(world.taken).toHaveLength(takenBefore);
      expect(world.stored()).toBe(before);
      return `${answer.statusCode} ${String(body.type).split(':').at(-1)}`;
    }
    if (body.repeated === true) {
      expect(world.taken).toHaveLength(takenBefore);
      expect(world.stored()).toBe(before);
      return '200 repeated';
    }
    for (const event of world.taken.slice(takenBefore)) expect(parseInbound(event, now).ok).toBe(true);
    if (body.unmapped > 0) return '200 unmapped';
    return body.taken > 0 ? '200 taken' : '200';
  };
