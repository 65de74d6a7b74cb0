import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHubspotTarget } from '../../../shared/deliveries/hubspot/hubspot-target.ts';
import type { AttemptResult, HubspotOptions, ReadyDelivery } from '../../../shared/deliveries/index.ts';
import { type HubspotContact, startHubspotServer } from '../../support/hubspot-server.ts';
import { aDelivery, aSubscription, createTargetDeps } from '../../support/target-deps.ts';
import type { VendorAnswer, VendorServer } from '../../support/vendor-server.ts';

const token = 'pat-eu1-secret';
const properties = {
  sluice_score: 'any',
  sluice_tier: ['none', 'risky', 'good', 'excellent'],
  sluice_stage: 'any',
  sluice_reasons: 'any',
  sluice_scored_at: 'any',
} as const;

let contacts: HubspotContact[];
let server: VendorServer;

beforeEach(async () => {
  contacts = Array.from({ length: 150 }, (_, i) => ({
    id: `${i + 1}`,
    properties: { email: `p${i + 1}@example.com` },
  }));
  server = await startHubspotServer({ contacts, properties, token });
});
afterEach(() => server.close());

const createTarget = (given: Partial<HubspotOptions> = {}, secrets: readonly string[] = [token]) =>
  createHubspotTarget(
    aSubscription({
      kind: 'hubspot',
      baseUrl: server.baseUrl,
      record: { leadIdPrefix: 'hubspot:' },
      ...given,
    }),
    createTargetDeps(secrets, () => 0),
  );

/** Creates a target whose requests take so many milliseconds each. */
const createSlowTarget = (ms: number, secrets: readonly string[]) => {
  let now = 0;
  const deps = createTargetDeps(secrets, () => now);
  const send: typeof deps.http.send = (request) => {
    now += ms;
    return deps.http.send(request);
  };
  return createHubspotTarget(
    aSubscription({ kind: 'hubspot', baseUrl: server.baseUrl, record: { leadIdPrefix: 'hubspot:' } }),
    { ...deps, http: { ...deps.http, send } },
  );
};

const contact = (id: number): Record<string, string> => contacts[id - 1]?.properties ?? {};

const change = (id: number | string, given: Partial<ReadyDelivery> = {}): ReadyDelivery =>
  aDelivery({ leadId: `hubspot:${id}`, eventId: `e-${id}`, ...given });

const standing = (given: object): Partial<ReadyDelivery> => ({ data: { ...aDelivery().data, ...given } });

const kindsOf = (results: readonly AttemptResult[]): readonly string[] => results.map(({ kind }) => kind);

describe('what is written to HubSpot', () => {
  it('is score, tier, stage, reasons and as of when, in the properties of the contact', async () => {
    const against = { dimension: 'd', criterion: 'c', text: 'left two answers open', points: -1, weight: -3 };
    const reasons = [...(aDelivery().data.reasons as object[]), against];
    expect(await createTarget().deliver([change(7, standing({ reasons }))])).toEqual([
      { kind: 'delivered', status: 200 },
    ]);
    expect(contact(7)).toEqual({
      email: 'p7@example.com',
      sluice_score: '81',
      sluice_tier: 'excellent',
      sluice_stage: 'mql',
      sluice_reasons: 'asked for a demo in the last 90 days\nleft two answers open (counts against it)',
      sluice_scored_at: '2026-03-02T09:00:00.000Z',
    });
  });

  it('keeps the reasons of a change that has none', async () => {
    const target = createTarget();
    await target.deliver([change(7)]);
    const data = { from: 'mql', to: 'sql', stage: 'sql', tier: 'excellent', score: 81, kind: 'advanced' };
    await target.deliver([change(7, { type: 'LeadStageTransitioned', data })]);
    expect(contact(7)).toMatchObject({
      sluice_stage: 'sql',
      sluice_reasons: 'asked for a demo in the last 90 days',
    });
  });

  it('is the reason against a lead that is ruled out', async () => {
    const because = { disqualifier: 'd', class: 'problem', text: 'has none of the problems' };
    await createTarget().deliver([change(7, { type: 'LeadDisqualified', data: { because, tier: 'none' } })]);
    expect(contact(7)).toMatchObject({
      sluice_tier: 'none',
      sluice_reasons: 'has none of the problems (counts against it)',
    });
  });

  it('goes to the properties that the subscription names, and not to those that it rules out', async () => {
    await server.close();
    server = await startHubspotServer({
      contacts,
      properties: { our_score: 'any', sluice_tier: 'any' },
      token,
    });
    await createTarget({
      properties: { score: 'our_score', stage: null, reasons: null, scoredAt: null },
    }).deliver([change(7)]);
    expect(contact(7)).toEqual({ email: 'p7@example.com', our_score: '81', sluice_tier: 'excellent' });
  });

  it('is emptied when the lead is erased', async () => {
    const target = createTarget();
    await target.deliver([change(7)]);
    await target.deliver([change(7, { type: 'LeadErased', data: { cause: 'request' } })]);
    expect(contact(7)).toMatchObject({ sluice_score: '', sluice_tier: '', sluice_reasons: '' });
  });

  it.each<ReadyDelivery['type']>([
    'NurtureStarted',
    'HandoffRequested',
    'HandoffExpired',
    'LeadRedirected',
    'ScoringModelActivated',
  ])('is nothing for %s', async (type) => {
    expect(await createTarget().deliver([change(7, { type })])).toEqual([
      { kind: 'skipped', reason: 'no field of it is written to HubSpot' },
    ]);
    expect(server.requests).toEqual([]);
  });
});

describe('a batch', () => {
  it('holds 100 leads, and nine go out in a second', () => {
    expect(createTarget()).toMatchObject({ most: 100, perSecond: 9 });
  });

  it('is one request', async () => {
    const deliveries = Array.from({ length: 100 }, (_, i) => change(i + 1));
    expect(new Set(kindsOf(await createTarget().deliver(deliveries)))).toEqual(new Set(['delivered']));
    expect(server.requests).toHaveLength(1);
    expect(contact(100).sluice_score).toBe('81');
  });

  it('names a record once, with the later of what two deliveries say', async () => {
    const results = await createTarget().deliver([
      change(7, standing({ score: 60 })),
      change(8),
      change(7, { ...standing({ score: 81, reasons: undefined }), version: 4 }),
    ]);
    expect(kindsOf(results)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(contact(7)).toMatchObject({
      sluice_score: '81',
      sluice_reasons: 'asked for a demo in the last 90 days',
    });
  });

  it('fails for the records that HubSpot does not have, and for no other', async () => {
    const results = await createTarget().deliver([change(7), change(999), change(8)]);
    expect(results).toEqual([
      { kind: 'delivered', status: 207 },
      { kind: 'failed', reason: 'HubSpot has no such record (OBJECT_NOT_FOUND)', status: 207 },
      { kind: 'delivered', status: 207 },
    ]);
  });

  it('fails for the one value that HubSpot refuses, which it does not name', async () => {
    const deliveries = Array.from({ length: 100 }, (_, i) =>
      change(i + 1, i === 41 ? standing({ tier: 'unheard-of' }) : {}),
    );
    const results = await createTarget().deliver(deliveries);
    expect(results[41]).toEqual({ kind: 'failed', reason: 'INVALID_OPTION', status: 400 });
    expect(results.filter(({ kind }) => kind === 'delivered')).toHaveLength(99);
    expect(server.requests.length).toBeLessThanOrEqual(15);
  });

  it('waits with what it could not send in 20 requests', async () => {
    const deliveries = Array.from({ length: 100 }, (_, i) => change(i + 1, standing({ tier: 'unheard-of' })));
    const results = await createTarget().deliver(deliveries);
    expect(server.requests).toHaveLength(20);
    expect(new Set(kindsOf(results))).toEqual(new Set(['failed', 'retry']));
  });

  it('waits with what it could not begin to send in 5 seconds, so that a slow refusal outlives no lease', async () => {
    const deliveries = Array.from({ length: 100 }, (_, i) => change(i + 1, standing({ tier: 'unheard-of' })));
    const results = await createSlowTarget(2_000, [token]).deliver(deliveries);
    expect(server.requests).toHaveLength(3);
    expect(new Set(kindsOf(results))).toEqual(new Set(['retry']));
  });

  it('is not sent with the older token once the refusal of the newest took 5 seconds', async () => {
    const tokens = ['pat-new', token];
    expect(kindsOf(await createSlowTarget(4_000, tokens).deliver([change(7)]))).toEqual(['delivered']);
    expect(await createSlowTarget(5_000, tokens).deliver([change(7)])).toEqual([
      { kind: 'retry', reason: 'HubSpot refuses the token', status: 401 },
    ]);
  });

  it('takes a record that HubSpot has merged into another one for written', async () => {
    server.answerNext({
      status: 200,
      body: JSON.stringify({ status: 'COMPLETE', results: [{ id: '500' }] }),
    });
    expect(kindsOf(await createTarget().deliver([change(7)]))).toEqual(['delivered']);
  });

  it.each(['not JSON', '{}', '{"results":[{"id":"7"}'])(
    'waits if the answer of some records is %j',
    async (body) => {
      server.answerNext({ status: 207, body });
      const reason = "HubSpot's answer doesn't say which records were written";
      expect(await createTarget().deliver([change(7), change(8)])).toEqual([
        { kind: 'retry', reason, status: 207 },
        { kind: 'retry', reason, status: 207 },
      ]);
    },
  );

  it('fails for a record that is missing from the answer', async () => {
    const body = JSON.stringify({
      results: [{ id: '8' }],
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: [''] } }],
    });
    server.answerNext({ status: 207, body });
    expect(await createTarget().deliver([change(7), change(8)])).toEqual([
      { kind: 'failed', reason: 'HubSpot confirmed other records, but not this one', status: 207 },
      { kind: 'delivered', status: 207 },
    ]);
  });
});

describe('the record of a lead', () => {
  const attributes = { hubspotContactId: 8, email: ' P9@Example.com' };

  it('is named by an attribute', async () => {
    const target = createTarget({ record: { attribute: 'hubspotContactId' } });
    expect(target.needs).toEqual(['hubspotContactId']);
    expect(kindsOf(await target.deliver([aDelivery({ attributes })]))).toEqual(['delivered']);
    expect(contact(8).sluice_score).toBe('81');
  });

  it('is found by a unique property', async () => {
    const target = createTarget({ record: { attribute: 'email', idProperty: 'email' } });
    expect(kindsOf(await target.deliver([aDelivery({ attributes })]))).toEqual(['delivered']);
    expect(contact(9).sluice_score).toBe('81');
  });

  it.each<[HubspotOptions['record'], Partial<ReadyDelivery>, string]>([
    [{ leadIdPrefix: 'hubspot:' }, { leadId: 'l-1' }, 'the lead id doesn\'t begin with "hubspot:"'],
    [
      { leadIdPrefix: 'hubspot:' },
      { leadId: 'hubspot:x' },
      'the lead id after "hubspot:" is no id of a HubSpot record, which is a whole number',
    ],
    [{ attribute: 'hubspotContactId' }, {}, 'the attribute "hubspotContactId" of the lead isn\'t known'],
    [
      { attribute: 'hubspotContactId' },
      { attributes: { hubspotContactId: 'seven' } },
      'the attribute "hubspotContactId" is no id of a HubSpot record, which is a whole number',
    ],
  ])('by %j of %j is missing: %s', async (record, given, reason) => {
    expect(await createTarget({ record }).deliver([aDelivery(given), change(7)])).toContainEqual({
      kind: 'failed',
      reason,
    });
  });

  it('can be missing for one of several', async () => {
    const results = await createTarget().deliver([change(7), change('x'), change(8)]);
    expect(kindsOf(results)).toEqual(['delivered', 'failed', 'delivered']);
  });
});

describe('a refusal that is the same for every lead', () => {
  it('keeps them waiting while a property does not exist, and names it', async () => {
    const results = await createTarget({ properties: { score: 'no_such_score' } }).deliver([
      change(7),
      change(8),
    ]);
    const result = { kind: 'retry', reason: 'PROPERTY_DOESNT_EXIST: no_such_score', status: 400 };
    expect(results).toEqual([result, result]);
    expect(server.requests).toHaveLength(1);
  });

  it('keeps them waiting while the property that names the record is not unique', async () => {
    const record = { attribute: 'phone', idProperty: 'phone' };
    const [result] = await createTarget({ record }).deliver([aDelivery({ attributes: { phone: '1' } })]);
    expect(result).toEqual({
      kind: 'retry',
      reason: 'the property that names the record is not unique in HubSpot',
      status: 400,
    });
  });

  const limited = (policyName: string): string =>
    JSON.stringify({
      status: 'error',
      errorType: 'RATE_LIMIT',
      policyName,
      message: 'You have reached your …',
    });

  it.each<[VendorAnswer, AttemptResult]>([
    [
      { status: 429, body: limited('TEN_SECONDLY_ROLLING') },
      { kind: 'retry', reason: 'rate limited (TEN_SECONDLY_ROLLING)', status: 429, retryAfterMs: 10_000 },
    ],
    [
      { status: 429, body: limited('DAILY') },
      { kind: 'retry', reason: 'rate limited (DAILY)', status: 429, retryAfterMs: 3_600_000 },
    ],
    [
      { status: 429, body: '', headers: { 'retry-after': '7' } },
      { kind: 'retry', reason: 'rate limited', status: 429, retryAfterMs: 7_000 },
    ],
    [
      { status: 403, body: JSON.stringify({ category: 'MISSING_SCOPES', message: 'a text' }) },
      { kind: 'retry', reason: 'the token lacks a right: MISSING_SCOPES', status: 403 },
    ],
    [
      { status: 423, body: '' },
      { kind: 'retry', reason: 'the record is locked', status: 423, retryAfterMs: 2_000 },
    ],
    [
      { status: 477, body: '', headers: { 'retry-after': '86400' } },
      { kind: 'retry', reason: 'HTTP 477', status: 477, retryAfterMs: 86_400_000 },
    ],
    [
      { status: 502, body: '<html>' },
      { kind: 'retry', reason: 'HTTP 502', status: 502 },
    ],
    [
      { status: 200, body: 'not JSON' },
      { kind: 'delivered', status: 200 },
    ],
    [
      { status: 400, body: '<html>' },
      { kind: 'failed', reason: 'HTTP 400', status: 400 },
    ],
  ])('of %j is read as %j', async (answer, result) => {
    server.answerNext(answer);
    expect(await createTarget().deliver([change(7)])).toEqual([result]);
  });

  it('of the newest token is followed by the one before it', async () => {
    expect(kindsOf(await createTarget({}, ['pat-new', token]).deliver([change(7)]))).toEqual(['delivered']);
    expect(await createTarget({}, ['pat-new', 'pat-old']).deliver([change(7)])).toEqual([
      { kind: 'retry', reason: 'HubSpot refuses the token', status: 401 },
    ]);
  });

  it('sends nothing without a token', async () => {
    expect(await createTarget({}, []).deliver([change(7)])).toEqual([
      { kind: 'retry', reason: 'the subscription has no secret' },
    ]);
  });
});
