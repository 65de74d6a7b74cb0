import { describe, expect, it } from 'vitest';
import { kindOf, mostPayloads, type Split } from '../../../shared/webhooks/index.ts';
import { kinds } from '../../../shared/webhooks/kinds.ts';
import type { WebhookKind } from '../../../shared/webhooks/webhook.ts';
import { buildReceived, buildSource, mediaTypeOf, samples } from '../../support/webhooks.ts';

const all = Object.keys(kinds) as WebhookKind[];
const at = '2026-05-31T23:59:00.000Z';

const split = (
  kind: WebhookKind,
  body: unknown = samples[kind],
  { source = {}, headers = {} }: { source?: object; headers?: Record<string, string> } = {},
): Split => {
  const document = buildSource(kind, source);
  return kindOf(document).split(buildReceived(kind, body, headers), document);
};

const payloadsOf = (result: Split) => (result.kind === 'split' ? result.payloads : []);
const passedOf = (result: Split) => (result.kind === 'split' ? result.passed : []);
const typeOf = (result: Split) => (result.kind === 'malformed' ? result.type : 'split');

/** The sample with another value in some fields. */
const but = (kind: 'segment' | 'typeform' | 'calendly' | 'customerio', fields: object) => ({
  ...samples[kind],
  ...fields,
});

describe('a webhook of any kind', () => {
  it.each([
    ['hubspot', 'contact.propertyChange jobtitle', at],
    ['segment', 'track Demo Requested', at],
    ['typeform', 'form_response', at],
    ['calendly', 'invitee.created', at],
    ['customerio', 'email opened', at],
    ['cloudevents', 'com.example.signup', at],
    ['standard-webhooks', 'user.created', at],
    // The mapping says where the instant is.
    ['generic', 'signup', undefined],
  ] as const)('has payloads with a name and an instant: %s', (kind, name, occurredAt) => {
    const result = split(kind);
    expect(payloadsOf(result)).toMatchObject([{ name }]);
    expect(payloadsOf(result)[0]?.occurredAt).toBe(occurredAt);
    expect(passedOf(result)).toEqual([]);
  });

  it.each(all)('is refused with a body that is no JSON: %s', (kind) => {
    for (const body of ['', '{', '{"a":1}x', "{'a':1}", '{"a":1e999}', '{"__proto__":{}}'])
      expect([body, typeOf(split(kind, body))]).toEqual([body, 'invalid-request']);
    expect(typeOf(split(kind, `${'['.repeat(70)}${']'.repeat(70)}`))).toBe('invalid-request');
  });

  it.each(all)('is refused with bytes that are no UTF-8: %s', (kind) => {
    const document = buildSource(kind);
    const received = { ...buildReceived(kind), body: Buffer.from([0x22, 0xff, 0x22]) };
    expect(typeOf(kindOf(document).split(received, document))).toBe('invalid-request');
  });

  it.each(all)('is refused with another media type: %s', (kind) => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonl', ''])
      expect([type, typeOf(split(kind, undefined, { headers: { 'content-type': type } }))]).toEqual([
        type,
        'unsupported-media-type',
      ]);
    const type = `${mediaTypeOf(kind)}; charset=UTF-8`;
    expect(typeOf(split(kind, undefined, { headers: { 'content-type': type } }))).toBe('split');
  });

  it.each(all)('is refused with JSON of another type, of which nothing is quoted: %s', (kind) => {
    for (const body of ['"ada@example.com"', '7', 'null', 'true']) {
      const result = split(kind, body);
      if (kind === 'generic' || result.kind === 'split') continue;
      expect(result.type).toBe('invalid-request');
      expect(JSON.stringify(result)).not.toContain('ada@');
    }
  });
});

describe('a payload without the id of its vendor', () => {
  it.each([
    ['segment', but('segment', { messageId: undefined }), 'messageId'],
    ['segment', but('segment', { messageId: {} }), 'messageId'],
    ['typeform', but('typeform', { event_id: '' }), 'event_id'],
    ['calendly', but('calendly', { payload: { email: 'a@example.com' } }), 'payload.uri'],
    ['calendly', but('calendly', { payload: 7 }), 'payload.uri'],
    ['customerio', but('customerio', { event_id: null }), 'event_id'],
    ['generic', { records: [{ kind: 'signup' }] }, 'id'],
    ['hubspot', [{ ...samples.hubspot[0], eventId: undefined }], 'eventId'],
    ['hubspot', [{ ...samples.hubspot[0], occurredAt: 'now' }], 'occurredAt'],
    ['hubspot', [{ ...samples.hubspot[0], occurredAt: 1e300 }], 'occurredAt'],
    ['hubspot', [7], '(the whole)'],
  ] as const)('is kept with its reason: %s', (kind, body, path) => {
    const result = split(kind, body);
    expect(payloadsOf(result)).toEqual([]);
    const content = kind === 'generic' ? body.records[0] : kind === 'hubspot' ? body[0] : body;
    expect(passedOf(result)).toEqual([
      expect.objectContaining({
        why: 'malformed',
        content: JSON.parse(JSON.stringify(content)),
        problem: expect.objectContaining({ path }),
      }),
    ]);
  });

  it('stops no other of its request', () => {
    const result = split('hubspot', [null, samples.hubspot[0], { subscriptionType: 'contact.creation' }]);
    expect(payloadsOf(result)).toHaveLength(1);
    expect(passedOf(result).map(({ name }) => name)).toEqual(['(no type)', 'contact.creation']);
  });

  it('has no instant if that is none, and is read all the same', () => {
    const body = but('segment', { timestamp: 'yesterday' });
    expect(payloadsOf(split('segment', body))[0]).not.toHaveProperty('occurredAt');
  });
});

describe('a webhook of HubSpot', () => {
  const element = samples.hubspot[0];
  const one = (fields: object, source: object = {}) =>
    split('hubspot', [{ ...element, ...fields }], { source });

  it('has its property by name', () => {
    expect(payloadsOf(one({}))[0]?.content).toEqual({ ...element, properties: { jobtitle: 'CTO' } });
  });

  it('has the same identity in every attempt, and another one for another property, object or instant', () => {
    const idOf = (fields: object) => payloadsOf(one(fields))[0]?.recordId;
    expect(idOf({ attemptNumber: 3 })).toBe(idOf({}));
    const others = [{ propertyName: 'email' }, { objectId: 124 }, { occurredAt: element.occurredAt + 1 }];
    const ids = [
      {},
      ...others,
      { eventId: 2 },
      { portalId: 4 },
      { subscriptionType: 'contact.creation' },
    ].map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('may have a hundred elements, and no more', () => {
    expect(payloadsOf(split('hubspot', Array(mostPayloads).fill(element)))).toHaveLength(100);
    const result = split('hubspot', Array(mostPayloads + 1).fill(element));
    expect(result).toMatchObject({ type: 'too-large', problems: [{ given: '101 payloads' }] });
  });

  it('may have none', () => {
    expect(split('hubspot', [])).toEqual({ kind: 'split', payloads: [], passed: [] });
  });

  it('is refused if it is no list', () => {
    expect(split('hubspot', element)).toMatchObject({
      type: 'invalid-request',
      problems: [{ given: 'an object' }],
    });
  });

  it('names an object by its type', () => {
    const fields = { subscriptionType: 'object.propertyChange', objectTypeId: '0-1' };
    expect(payloadsOf(one(fields))[0]?.name).toBe('object.propertyChange 0-1 jobtitle');
  });

  it.each([
    ['a change by an app of ours', { sourceId: '4711' }],
    ['a change by an app of ours, whose id is a number', { sourceId: 4711 }],
    ['a change of a property of ours', { propertyName: 'sluice_tier' }],
    ['a contact that an app of ours has created', { subscriptionType: 'contact.creation', sourceId: '4711' }],
  ])('is our own: %s', (_what, fields) => {
    expect(one(fields)).toMatchObject({ payloads: [], passed: [{ why: 'own' }] });
    expect(passedOf(one(fields))[0]).not.toHaveProperty('content');
  });

  it.each(['contact.merge', 'contact.privacyDeletion', 'contact.deletion'])(
    'counts, whoever has done it: %s',
    (subscriptionType) => {
      const merge = { primaryObjectId: 1, mergedObjectIds: [2] };
      expect(payloadsOf(one({ subscriptionType, sourceId: '4711', ...merge }))).toHaveLength(1);
    },
  );

  it('takes a merge of twenty records, and no more: each makes writes', () => {
    const merge = { subscriptionType: 'contact.merge', propertyName: undefined, primaryObjectId: 1 };
    const of = (count: number) =>
      one({ ...merge, mergedObjectIds: Array.from({ length: count }, (_, i) => i + 2) });
    expect(payloadsOf(of(20))).toHaveLength(20);
    expect(of(21)).toMatchObject({
      payloads: [],
      passed: [{ why: 'malformed', problem: { given: '21 records' } }],
    });
  });

  it('has a payload for each merged record, and for a new one that the merge has made', () => {
    const merge = { subscriptionType: 'contact.merge', propertyName: undefined, primaryObjectId: 1 };
    const merged = (fields: object) =>
      payloadsOf(one({ ...merge, ...fields })).map(
        ({ content }) => (content as { mergedObjectId: unknown }).mergedObjectId,
      );
    expect(merged({ mergedObjectIds: [2, 3] })).toEqual(['2', '3']);
    expect(merged({ mergedObjectIds: [2, '2', 1], newObjectId: 9 })).toEqual(['2', '9']);
    expect(merged({ mergedObjectIds: [2], newObjectId: 1 })).toEqual(['2']);
    const ids = payloadsOf(one({ ...merge, mergedObjectIds: [2, 3] })).map(({ recordId }) => recordId);
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    [{ mergedObjectIds: [] }, 'mergedObjectIds'],
    [{ mergedObjectIds: 'x' }, 'mergedObjectIds'],
    [{ mergedObjectIds: [2], primaryObjectId: undefined }, 'primaryObjectId'],
  ])('is kept if a merge names no records: %j', (fields, path) => {
    const merge = { subscriptionType: 'contact.merge', primaryObjectId: 1 };
    expect(passedOf(one({ ...merge, ...fields }))).toMatchObject([{ why: 'malformed', problem: { path } }]);
  });
});

describe('a webhook of Segment', () => {
  it.each(['identify', 'page', 'screen', 'group', 'alias', 'delete'])(
    'may be a call of the type %s',
    (type) => {
      expect(payloadsOf(split('segment', but('segment', { type })))).toMatchObject([
        { name: type, recordId: 'm-1' },
      ]);
    },
  );

  const batch = [samples.segment, but('segment', { messageId: 'm-2' }), 7];

  it('is refused as a batch, with the advice to turn batching off', () => {
    const result = split('segment', batch);
    expect(result).toMatchObject({ type: 'invalid-request', problems: [{ given: 'a batch of 3' }] });
    expect(JSON.stringify(result)).toContain('turn batching off');
  });

  it('gives of a batch the first event alone, and keeps the others as unproven', () => {
    const result = split('segment', batch, { source: { batching: 'first' } });
    expect(payloadsOf(result)).toMatchObject([{ recordId: 'm-1' }]);
    expect(passedOf(result)).toMatchObject([
      { name: 'track Demo Requested', why: 'unproven', content: { messageId: 'm-2' } },
      { name: '(no type)', why: 'unproven', content: 7 },
    ]);
  });

  it('is refused as a batch that is empty or has more than a hundred events', () => {
    const source = { batching: 'first' };
    expect(typeOf(split('segment', [], { source }))).toBe('invalid-request');
    expect(typeOf(split('segment', Array(101).fill(samples.segment), { source }))).toBe('too-large');
  });
});

describe('a webhook of Typeform', () => {
  const answersOf = (result: Split) =>
    (payloadsOf(result)[0] as { content: { answers: unknown } }).content.answers;

  it('has the plain values of its answers by reference, or by id without one', () => {
    expect(answersOf(split('typeform'))).toEqual({
      email: 'ada@example.com',
      budget: 'Yes',
      tools: ['A', 'B', 'C'],
      employees: 40,
      authority: false,
      f: '9.90',
    });
  });

  it('may be a response that is not finished', () => {
    const { submitted_at: _, ...response } = samples.typeform.form_response;
    const body = but('typeform', { event_type: 'form_response_partial', form_response: response });
    expect(payloadsOf(split('typeform', body))).toMatchObject([
      { name: 'form_response_partial', occurredAt: '2026-05-31T23:58:00.000Z' },
    ]);
  });

  it.each([
    undefined,
    null,
    7,
    { answers: 'x' },
    { answers: [7, {}, { type: 'choice', field: { ref: 'a' } }] },
  ])('has no answers if they have another form: %j', (response) => {
    expect(answersOf(split('typeform', but('typeform', { form_response: response })))).toEqual({});
  });
});

describe('a webhook of Calendly', () => {
  it('has its answers by question', () => {
    expect(payloadsOf(split('calendly'))[0]?.content).toMatchObject({ answers: { 'Employees?': '40' } });
  });

  it('has a name of its own if a meeting is moved, and not called off', () => {
    const nameOf = (rescheduled: unknown) =>
      payloadsOf(
        split('calendly', but('calendly', { event: 'invitee.canceled', payload: { uri: 'u', rescheduled } })),
      )[0]?.name;
    expect(nameOf(true)).toBe('invitee.canceled rescheduled');
    expect(nameOf(false)).toBe('invitee.canceled');
    expect(nameOf(undefined)).toBe('invitee.canceled');
  });
});

describe('a generic webhook', () => {
  it('is one payload if the source names no list', () => {
    const result = split('generic', { id: 'x' }, { source: { items: undefined, payloadName: undefined } });
    expect(payloadsOf(result)).toEqual([{ name: 'payload', recordId: 'x', content: { id: 'x' } }]);
  });

  it('is refused if there is no list at the path', () => {
    expect(split('generic', { records: 'x' })).toMatchObject({
      problems: [{ path: 'records', given: 'a string' }],
    });
    expect(typeOf(split('generic', { records: Array(101).fill({ id: 1 }) }))).toBe('too-large');
  });
});

describe('CloudEvents', () => {
  const { data, ...attributes } = samples.cloudevents;
  const binary = (more: Record<string, string> = {}, body: unknown = data) =>
    split('cloudevents', body, {
      headers: {
        'content-type': 'application/json',
        'ce-id': 'e-1',
        'ce-source': '/shop',
        'ce-specversion': '1.0',
        'ce-type': 'com.example.signup',
        'ce-time': at,
        ...more,
      },
    });

  it('are the same in binary and in structured mode', () => {
    expect(payloadsOf(binary())).toEqual(payloadsOf(split('cloudevents')));
  });

  it('have percent escapes in headers, and extensions', () => {
    const result = binary({ 'ce-subject': 'Euro%20%E2%82%AC', 'ce-tenant': '50%' });
    expect(payloadsOf(result)[0]?.content).toMatchObject({ subject: 'Euro €', tenant: '50%' });
  });

  it('may have no data, or data in base64', () => {
    expect(payloadsOf(split('cloudevents', attributes))[0]?.content).toEqual(attributes);
    const encoded = { ...attributes, data_base64: Buffer.from(JSON.stringify(data)).toString('base64') };
    expect(payloadsOf(split('cloudevents', encoded))).toEqual(payloadsOf(split('cloudevents')));
  });

  it('are kept if their data are no JSON', () => {
    const encoded = { ...attributes, data_base64: Buffer.from('PNG').toString('base64') };
    for (const event of [encoded, { ...encoded, data }, { ...attributes, data_base64: 7 }])
      expect(passedOf(split('cloudevents', event))).toMatchObject([{ why: 'malformed' }]);
  });

  it.each(['id', 'source', 'type', 'specversion'])('are refused without %s', (name) => {
    const result = split('cloudevents', { ...samples.cloudevents, [name]: undefined });
    expect(result).toMatchObject({ type: 'invalid-request', problems: [{ path: name }] });
    expect(binary({ [`ce-${name}`]: '' })).toMatchObject({
      type: 'invalid-request',
      problems: [{ path: name }],
    });
  });

  it('are a batch, of which a wrong one stops no other', () => {
    const headers = { 'content-type': 'application/cloudevents-batch+json' };
    const events = [
      samples.cloudevents,
      7,
      { ...samples.cloudevents, id: '' },
      { ...samples.cloudevents, id: 'e-2' },
    ];
    const result = split('cloudevents', events, { headers });
    expect(payloadsOf(result).map(({ recordId }) => recordId)).toEqual([
      '["/shop","e-1"]',
      '["/shop","e-2"]',
    ]);
    expect(passedOf(result)).toMatchObject([{ name: '(no type)' }, { name: 'com.example.signup' }]);
    expect(typeOf(split('cloudevents', samples.cloudevents, { headers }))).toBe('invalid-request');
    expect(typeOf(split('cloudevents', Array(101).fill(samples.cloudevents), { headers }))).toBe('too-large');
  });

  it('are refused in a format that is not understood', () => {
    const headers = { 'content-type': 'application/cloudevents+avro' };
    expect(typeOf(split('cloudevents', undefined, { headers }))).toBe('unsupported-media-type');
  });
});
