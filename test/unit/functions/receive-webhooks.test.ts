import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseInbound } from '../../../events/index.ts';
import { logger } from '../../../shared/lambda/index.ts';
import { createDynamoDbQuarantineAdmin } from '../../../shared/quarantine/index.ts';
import { readSources } from '../../../shared/source-status/index.ts';
import { bodyOf } from '../../support/api-request.ts';
import { now } from '../../support/events.ts';
import { problemOf } from '../../support/taking-requests.ts';
import { createWebhookWorld, webhookKinds, webhookRequest } from '../../support/webhook-world.ts';
import { buildSource, hooksUrl, samples, secret, signers } from '../../support/webhooks.ts';

const typesOf = (events: readonly { readonly 'detail-type': string }[]) =>
  events.map((event) => event['detail-type']).toSorted();

const statusOf = async (world: ReturnType<typeof createWebhookWorld>, name: string) =>
  (await readSources(world.client, 'requests')).find(({ source }) => source === name);

const refusedAll = { own: 0, ignored: 0, unknown: 0, empty: 0, unmapped: 0, unproven: 0, unavailable: 0 };

describe('a webhook that is proved', () => {
  it.each(webhookKinds)('is taken in, resolved and put on the bus: %s', async (kind) => {
    const world = createWebhookWorld();
    const answer = await world.send(webhookRequest(kind));
    expect(answer.statusCode, answer.body).toBe(200);
    expect(bodyOf(answer)).toMatchObject({ payloads: 1, taken: 1, events: 2, ...refusedAll });
    const type = kind === 'hubspot' ? 'LeadProfileUpdated' : 'LeadActivityRecorded';
    expect(typesOf(world.taken)).toEqual([type, 'LeadIdentified'].toSorted());
    for (const event of world.taken) {
      expect(parseInbound(event, now).ok).toBe(true);
      expect(event.source).toBe(kind);
    }
  });

  it.each(webhookKinds)('may come in base64, with its headers in other letters: %s', async (kind) => {
    const world = createWebhookWorld();
    const request = webhookRequest(kind);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    const body = Buffer.from(request.body ?? '').toString('base64');
    const answer = await world.send({ ...request, headers, body, isBase64Encoded: true });
    expect(answer.statusCode, answer.body).toBe(200);
  });

  it.each(webhookKinds)('changes nothing if it is sent again within a day: %s', async (kind) => {
    const world = createWebhookWorld();
    await world.send(webhookRequest(kind));
    const [stored, count] = [world.stored(), world.taken.length];
    const again = await world.send(webhookRequest(kind));
    expect([again.statusCode, bodyOf(again)]).toEqual([200, { repeated: true }]);
    expect(world.taken).toHaveLength(count);
    expect(world.stored()).toBe(stored);
  });

  it('gives the same events if it is signed anew, so that the ledger drops them', async () => {
    const world = createWebhookWorld();
    await world.send(webhookRequest('hubspot'));
    const body = JSON.stringify([{ ...samples.hubspot[0], attemptNumber: 1 }]);
    const time = String(now - 1_000);
    await world.send(webhookRequest('hubspot', { body, headers: signers.hubspot(body, secret, { time }) }));
    const facts = world.taken.filter((event) => event['detail-type'] === 'LeadProfileUpdated');
    expect(facts).toHaveLength(2);
    expect(facts[0]).toEqual(facts[1]);
  });

  it('has an answer without anything personal', async () => {
    const world = createWebhookWorld();
    for (const kind of webhookKinds) {
      const answer = await world.send(webhookRequest(kind));
      expect(JSON.stringify(answer)).not.toMatch(/ada@|p-/);
      expect(answer.headers).toMatchObject({
        'content-type': 'application/json',
        'cache-control': 'no-store',
      });
    }
    expect(JSON.stringify(world.items('identities'))).not.toContain('ada@');
  });
});

describe('payloads that are merely unwanted', () => {
  it('are answered by 200, each with its count', async () => {
    const world = createWebhookWorld();
    const element = samples.hubspot[0];
    const body = [
      element,
      { ...element, sourceId: '4711' },
      { ...element, subscriptionType: 'contact.deletion', propertyName: undefined },
      { ...element, propertyName: 'lifecyclestage' },
      { ...element, propertyName: 'lifecyclestage', objectId: 5 },
      { ...element, propertyValue: 'x'.repeat(2_000), objectId: 9 },
      { subscriptionType: 'contact.creation' },
    ];
    const answer = await world.send(webhookRequest('hubspot', { body }));
    expect([answer.statusCode, bodyOf(answer)]).toMatchObject([
      200,
      { payloads: 7, taken: 1, own: 1, ignored: 1, unknown: 2, unmapped: 2, events: 2 },
    ]);
    expect(await statusOf(world, 'hubspot')).toMatchObject({
      requests: 1,
      unknown: new Map([['contact.propertyChange lifecyclestage', 2]]),
    });
  });

  it('that are unmapped are quarantined whole, with what is allowed', async () => {
    const world = createWebhookWorld();
    const body = {
      ...samples.typeform,
      form_response: { submitted_at: '2026-05-31T23:59:00Z', answers: [] },
    };
    const answer = await world.send(webhookRequest('typeform', { body }));
    expect(bodyOf(answer)).toMatchObject({ unmapped: 1, events: 0 });
    const head = world.items('quarantine').find(({ sk }) => sk?.S === 'META');
    expect(head).toMatchObject({ code: { S: 'unmapped' }, rejectedSource: { S: 'typeform' } });
    expect(head?.reasons?.S).toContain('answers.email');
    const record = await createDynamoDbQuarantineAdmin(world.client, 'quarantine').read(head?.pk?.S ?? '');
    expect(JSON.parse(record?.body ?? '')).toEqual({
      source: 'typeform',
      'detail-type': 'form_response',
      detail: { ...body, answers: {} },
    });
    expect(world.taken).toEqual([]);
  });

  it('become events by a corrected mapping if the same request comes again, and what was taken stays the same', async () => {
    const world = createWebhookWorld();
    const right = samples.hubspot[0];
    const body = [right, { ...right, propertyName: 'lifecyclestage', propertyValue: 'lead', objectId: 5 }];
    await world.send(webhookRequest('hubspot', { body }));
    const before = world.taken.filter((event) => event['detail-type'] === 'LeadProfileUpdated');
    const corrected = {
      identity: { identifiers: [{ type: 'hubspot', path: 'objectId' }] },
      events: [
        {
          type: 'LeadProfileUpdated',
          when: { path: 'propertyName', equals: 'jobtitle' },
          attributes: { jobTitle: 'properties.jobtitle' },
        },
        {
          type: 'LeadStageChanged',
          when: { path: 'propertyName', equals: 'lifecyclestage' },
          stage: 'properties.lifecyclestage',
        },
      ],
    };
    world.sources.set('hubspot', buildSource('hubspot', { mapping: corrected }));
    const again = await world.send(webhookRequest('hubspot', { body }));
    expect(bodyOf(again)).toMatchObject({ taken: 2, unknown: 0 });
    const after = world.taken.filter((event) => event['detail-type'] === 'LeadProfileUpdated');
    expect(after).toEqual([...before, ...before]);
    expect(typesOf(world.taken)).toContain('LeadStageChanged');
    expect(bodyOf(await world.send(webhookRequest('hubspot', { body })))).toEqual({ repeated: true });
  });

  it('that come again and are still unmapped are quarantined once, and counted', async () => {
    const world = createWebhookWorld();
    const body = {
      ...samples.typeform,
      form_response: { submitted_at: '2026-05-31T23:59:00Z', answers: [] },
    };
    const request = webhookRequest('typeform', { body });
    for (let i = 0; i < 2; i++) expect(bodyOf(await world.send(request))).toMatchObject({ unmapped: 1 });
    const heads = world.items('quarantine').filter(({ sk }) => sk?.S === 'META');
    expect(heads).toHaveLength(1);
    const record = await createDynamoDbQuarantineAdmin(world.client, 'quarantine').read(
      heads[0]?.pk?.S ?? '',
    );
    expect(record).toMatchObject({ times: 2 });
  });

  it('are not read again if they are all unwanted', async () => {
    const world = createWebhookWorld();
    const element = samples.hubspot[0];
    const body = [
      { ...element, sourceId: '4711' },
      { ...element, subscriptionType: 'contact.deletion', propertyName: undefined },
    ];
    await world.send(webhookRequest('hubspot', { body }));
    expect(bodyOf(await world.send(webhookRequest('hubspot', { body })))).toEqual({ repeated: true });
  });

  it('that are unproven in a batch are quarantined, and the first is taken', async () => {
    const world = createWebhookWorld({ sources: [buildSource('segment', { batching: 'first' })] });
    const body = [samples.segment, { ...samples.segment, messageId: 'm-2' }];
    const headers = signers.segment(JSON.stringify(samples.segment));
    const answer = await world.send(webhookRequest('segment', { body, headers }));
    expect(bodyOf(answer)).toMatchObject({ payloads: 2, taken: 1, unproven: 1 });
    expect(world.items('quarantine').filter(({ sk }) => sk?.S === 'META')).toHaveLength(1);
  });
});

describe('merges and erasures of a vendor', () => {
  const element = { ...samples.hubspot[0], propertyName: undefined };

  it('become a merge of the leads of both records', async () => {
    const world = createWebhookWorld();
    const body = [
      { ...element, subscriptionType: 'contact.merge', primaryObjectId: 1, mergedObjectIds: [2, 3] },
    ];
    await world.send(webhookRequest('hubspot', { body }));
    const merges = world.taken.filter((event) => event['detail-type'] === 'LeadsMerged');
    expect(merges).toHaveLength(2);
    const data = merges.map(({ detail }) => detail.data as { leadId: string; mergedLeadId: string });
    expect(new Set(data.map(({ leadId }) => leadId)).size).toBe(1);
    expect(new Set(data.map(({ mergedLeadId }) => mergedLeadId)).size).toBe(2);
  });

  it('make nobody known who was not', async () => {
    const world = createWebhookWorld();
    const body = [{ ...element, subscriptionType: 'contact.privacyDeletion' }];
    const answer = await world.send(webhookRequest('hubspot', { body }));
    expect(bodyOf(answer)).toMatchObject({ taken: 1, events: 1 });
    expect(typesOf(world.taken)).toEqual(['LeadErasureRequested']);
    expect(world.items('identities')).toEqual([]);
  });
});

describe('a webhook that is refused', () => {
  it('for its signature stores nothing, and is shown with its reason', async () => {
    const world = createWebhookWorld();
    const before = world.stored();
    const answer = await world.send(
      webhookRequest('typeform', { headers: { 'typeform-signature': 'sha256=x' } }),
    );
    expect([problemOf(answer), answer.headers['www-authenticate']]).toEqual(['401 unproven', 'Webhook']);
    expect(world.stored()).toBe(before);
    expect(await statusOf(world, 'typeform')).toMatchObject({
      requests: 1,
      refused: new Map([['malformed-signature', 1]]),
      lastRefusal: { reason: 'malformed-signature', at: new Date(now).toISOString() },
    });
  });

  it.each([
    ['400 unknown-source', webhookRequest('nobody', { kind: 'typeform' })],
    ['400 unknown-source', { ...webhookRequest('typeform'), pathParameters: undefined, rawPath: '/' }],
    ['405 method-not-allowed', webhookRequest('typeform', { method: 'GET' })],
    ['405 method-not-allowed', { ...webhookRequest('typeform', { method: 'PUT' }), routeKey: '$default' }],
    ['405 method-not-allowed', webhookRequest('typeform', { method: 'OPTIONS' })],
    ['413 too-large', webhookRequest('typeform', { body: `"${'x'.repeat(1024 * 1024)}"` })],
    ['413 too-large', webhookRequest('hubspot', { body: Array(101).fill(samples.hubspot[0]) })],
    ['415 unsupported-media-type', webhookRequest('typeform', { headers: { 'content-type': 'text/xml' } })],
    ['400 invalid-request', webhookRequest('typeform', { body: '{' })],
    ['400 invalid-request', webhookRequest('segment', { body: '[]' })],
  ])('for its form is no 404 or 410: %s', async (expected, request) => {
    const world = createWebhookWorld();
    const answer = await world.send(request);
    expect(problemOf(answer)).toBe(expected);
    expect(world.taken).toEqual([]);
    expect(world.items('quarantine')).toEqual([]);
  });

  it('for a source that nobody knows leaves no trace', async () => {
    const world = createWebhookWorld();
    await world.send(webhookRequest('nobody', { kind: 'typeform' }));
    expect(world.items('requests')).toEqual([]);
  });
});

describe('secrets', () => {
  it('are read again if none fits, and a new one counts at once', async () => {
    const world = createWebhookWorld();
    const body = JSON.stringify(samples.typeform);
    const request = webhookRequest('typeform', { headers: signers.typeform(body, 'another secret') });
    expect((await world.send(request)).statusCode).toBe(401);
    expect(world.readAgain()).toBe(1);
    world.secrets.set('typeform', ['another secret', secret]);
    expect((await world.send(request)).statusCode).toBe(200);
  });

  it('are not read again for a request that no secret could prove', async () => {
    const world = createWebhookWorld();
    await world.send(webhookRequest('typeform', { headers: { 'typeform-signature': '' } }));
    expect(world.readAgain()).toBe(0);
  });
});

describe('the handshake of CloudEvents', () => {
  const ask = (headers: Record<string, string>) =>
    createWebhookWorld().send(webhookRequest('cloudevents', { method: 'OPTIONS', headers }));

  it('allows an origin of the source, at its rate', async () => {
    const answer = await ask({
      'webhook-request-origin': 'events.example.com',
      'webhook-request-rate': '1000',
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'webhook-allowed-origin': 'events.example.com',
      'webhook-allowed-rate': '120',
    });
  });

  it.each([{}, { 'webhook-request-origin': 'other.example.com' }, { 'webhook-request-origin': '*' }])(
    'allows no other: %j',
    async (headers) => {
      const answer = await ask(headers);
      expect(problemOf(answer)).toBe('400 invalid-request');
      expect(answer.headers).not.toHaveProperty('webhook-allowed-origin');
    },
  );
});

describe('a webhook that a store does not take', () => {
  it('is to be sent again if the bus takes nothing, and is taken then', async () => {
    let isDown = true;
    const world = createWebhookWorld({
      createBus: (taken) => ({
        publish: async (events) => {
          if (isDown) throw new Error('no network');
          taken.push(...events);
          return [];
        },
      }),
    });
    const answer = await world.send(webhookRequest('segment'));
    expect([problemOf(answer), answer.headers['retry-after']]).toEqual(['503 unavailable', '5']);
    isDown = false;
    expect(bodyOf(await world.send(webhookRequest('segment')))).toMatchObject({ taken: 1, events: 2 });
  });

  it('is to be sent again if a part of it was not taken, and the rest is the same event then', async () => {
    let refuses = true;
    const world = createWebhookWorld({
      createBus: (taken) => ({
        publish: async (events) => {
          const refused = events.flatMap(({ detail }, i) =>
            refuses && JSON.stringify(detail.data).includes('REFUSED') ? [i] : [],
          );
          taken.push(...events.filter((_, i) => !refused.includes(i)));
          return refused;
        },
      }),
    });
    const body = [samples.hubspot[0], { ...samples.hubspot[0], objectId: 7, propertyValue: 'REFUSED' }];
    expect((await world.send(webhookRequest('hubspot', { body }))).statusCode).toBe(503);
    refuses = false;
    const again = bodyOf(await world.send(webhookRequest('hubspot', { body })));
    expect(again).toMatchObject({ taken: 2, unavailable: 0 });
    const ids = world.taken.map(({ detail }) => detail.metadata.eventId);
    const facts = world.taken.filter((event) => event['detail-type'] === 'LeadProfileUpdated');
    expect(facts).toHaveLength(3);
    expect(new Set(facts.map(({ detail }) => detail.metadata.eventId)).size).toBe(2);
    expect(ids.length).toBeGreaterThan(3);
  });

  it('is to be sent again if the quarantine takes nothing', async () => {
    const quarantine = { store: () => Promise.reject(new Error('throttled')) };
    const world = createWebhookWorld({ intake: { quarantine } });
    const body = { ...samples.typeform, event_id: undefined };
    expect((await world.send(webhookRequest('typeform', { body }))).statusCode).toBe(503);
  });

  it('is to be sent again if a lead is not resolved, and the others are taken', async () => {
    const identities = { resolve: () => Promise.reject(new Error('throttled')) };
    const world = createWebhookWorld({ intake: { identities } });
    const answer = await world.send(webhookRequest('segment'));
    expect(answer.statusCode).toBe(503);
    expect(await statusOf(world, 'segment')).toMatchObject({ payloads: new Map([['unavailable', 1]]) });
  });
});

describe('the public URL', () => {
  it('has the query that was sent', async () => {
    const world = createWebhookWorld();
    const body = JSON.stringify(samples.hubspot);
    const url = `${hooksUrl}/hooks/hubspot?a=1`;
    const request = webhookRequest('hubspot', { body, headers: signers.hubspot(body, secret, { url }) });
    expect((await world.send(request)).statusCode).toBe(401);
    expect((await world.send({ ...request, rawQueryString: 'a=1' })).statusCode).toBe(200);
  });
});

describe('the log lines of a webhook', () => {
  afterEach(() => vi.restoreAllMocks());

  const fieldsOf = async (world: ReturnType<typeof createWebhookWorld>, source: string) => {
    const lines: unknown[] = [];
    const note = (_: unknown, fields: unknown) => void lines.push(fields);
    vi.spyOn(logger, 'info').mockImplementation(note as typeof logger.info);
    vi.spyOn(logger, 'error').mockImplementation(note as typeof logger.error);
    await world.send(webhookRequest(source, { kind: 'hubspot' }));
    return lines;
  };

  it('name the source of the documents', async () => {
    expect(await fieldsOf(createWebhookWorld(), 'hubspot')).toEqual([
      { status: 200, requestId: 'request-1', source: 'hubspot' },
    ]);
    const world = createWebhookWorld();
    world.secrets.get = () => {
      throw new Error('no secrets');
    };
    expect(await fieldsOf(world, 'hubspot')).toMatchObject([
      { requestId: 'request-1', source: 'hubspot' },
      { status: 503, requestId: 'request-1', source: 'hubspot' },
    ]);
  });

  it('name nothing that a stranger has put into the path', async () => {
    expect(await fieldsOf(createWebhookWorld(), 'ada@example.com')).toEqual([
      { status: 400, requestId: 'request-1' },
    ]);
  });
});
