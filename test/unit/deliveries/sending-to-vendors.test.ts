import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findSince, replayDeliveries } from '../../../cli/deliveries/replay-deliveries.ts';
import { createHttpSender } from '../../../shared/deliveries/http-client.ts';
import type { Subscription } from '../../../shared/deliveries/index.ts';
import { announceDelivery, createDeliveryWorld, subscribe } from '../../support/delivering.ts';
import { type HubspotContact, startHubspotServer } from '../../support/hubspot-server.ts';
import { readShown, startSlackServer } from '../../support/slack-server.ts';
import type { VendorServer } from '../../support/vendor-server.ts';

const sender = createHttpSender({ now: Date.now, allowLoopback: true, timeoutMs: 2_000 });
afterAll(() => sender.close());

const leads = (count: number) =>
  Array.from({ length: count }, (_, i) => announceDelivery({ leadId: `hubspot:${i + 1}` }));

const createWorld = (target: Subscription['target'], secret: string) => {
  const world = createDeliveryWorld({ subscriptions: [subscribe({ target })], sender });
  world.script.secrets = [secret];
  return world;
};

const countStates = (world: ReturnType<typeof createWorld>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(Object.groupBy(world.all(), ({ state }) => state)).map(([state, all]) => [
      state,
      all?.length ?? 0,
    ]),
  );

describe('deliveries to Slack', () => {
  let server: VendorServer;
  beforeAll(async () => {
    server = await startSlackServer();
  });
  afterAll(() => server.close());

  const createSlackWorld = () =>
    createWorld({ kind: 'slack', baseUrl: server.baseUrl }, 'https://hooks.slack.com/services/T0/B0/x');
  const countPosts = async (act: () => Promise<unknown>): Promise<number> => {
    const before = server.requests.length;
    await act();
    return server.requests.length - before;
  };

  it('post a rush of 50 hand-offs as three messages, which name every lead', async () => {
    const world = createSlackWorld();
    const leadIds = Array.from({ length: 50 }, (_, i) => `hubspot:${i + 1}`);
    await world.plan(...leadIds.map((leadId) => announceDelivery({ type: 'HandoffRequested', leadId })));
    expect(await countPosts(world.send)).toBe(3);
    expect(countStates(world)).toEqual({ delivered: 50 });
    const posted = server.requests.slice(-3).map(({ body }) => readShown(body));
    expect(posted.map(([head]) => head)).toEqual([
      '*News of 20 leads*',
      '*News of 20 leads*',
      '*News of 10 leads*',
    ]);
    const text = posted.flat().join('\n');
    for (const leadId of leadIds) expect(text).toContain(`*${leadId}*`);
  });

  it('post again what is replayed, also within the cooldown', async () => {
    const world = createSlackWorld();
    await world.plan(announceDelivery());
    await world.send();
    const now = () => world.clock.now;
    const props = { deliveries: world.deliveries, subscription: 'crm', now, wait: async () => undefined };
    await replayDeliveries(props, await findSince(props, '2026-01-01T00:00:00.000Z'));
    expect(await countPosts(world.send)).toBe(1);
    expect(countStates(world)).toEqual({ delivered: 1 });
  });

  it('post at most one message a second, also from one run to the next', async () => {
    const world = createSlackWorld();
    await world.plan(...leads(40));
    await world.send();
    expect(world.waits).toEqual([1_000]);
    world.clock.now += 400;
    await world.plan(announceDelivery({ leadId: 'l-2' }));
    await world.send();
    expect(world.waits).toEqual([1_000, 600]);
    world.clock.now += 400;
    server.answerNext({ status: 500, body: '' });
    await world.plan(announceDelivery({ leadId: 'l-3' }));
    await world.send();
    world.clock.now += 900;
    await world.plan(announceDelivery({ leadId: 'l-4' }));
    await world.send();
    expect(world.waits).toEqual([1_000, 600, 600, 100]);
  });

  it('end as superseded within the cooldown, and say so', async () => {
    const world = createSlackWorld();
    await world.plan(announceDelivery());
    await world.send();
    await world.plan(announceDelivery({ version: 2 }));
    expect(await countPosts(world.send)).toBe(0);
    expect(world.all().map(({ state, reason }) => [state, reason])).toEqual([
      ['delivered', undefined],
      ['superseded', 'cooldown'],
    ]);
  });

  it('wait, paused, if the channel is archived', async () => {
    const world = createSlackWorld();
    server.answerNext({ status: 410, body: 'channel_is_archived' });
    await world.plan(announceDelivery());
    await world.send();
    expect(countStates(world)).toEqual({ waiting: 1 });
    expect((await world.deliveries.readState('crm')).paused?.reason).toBe('gone');
  });
});

describe('deliveries to HubSpot', () => {
  let contacts: HubspotContact[];
  let server: VendorServer;
  const properties: Record<string, 'any'> = {};

  beforeAll(async () => {
    contacts = Array.from({ length: 200 }, (_, i) => ({ id: `${i + 1}`, properties: {} }));
    server = await startHubspotServer({ contacts, properties, token: 'pat' });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    for (const name of ['score', 'tier', 'stage', 'reasons', 'scored_at'])
      properties[`sluice_${name}`] = 'any';
  });

  const createHubspotWorld = () =>
    createWorld({ kind: 'hubspot', baseUrl: server.baseUrl, record: { leadIdPrefix: 'hubspot:' } }, 'pat');

  it('write 150 leads in two requests', async () => {
    const world = createHubspotWorld();
    await world.plan(...leads(150));
    const before = server.requests.length;
    await world.send();
    expect(server.requests.length - before).toBe(2);
    expect(contacts.filter(({ properties: { sluice_tier: tier } }) => tier === 'good')).toHaveLength(150);
  });

  it('end with the latest of a lead, although HubSpot fails and limits in between', async () => {
    const world = createHubspotWorld();
    const scores = [10, 20, 30];
    await world.plan(
      ...scores.map((score, i) => announceDelivery({ leadId: 'hubspot:7', version: i + 1, data: { score } })),
    );
    server.answerNext({ status: 502, body: '' }, { status: 429, body: '', headers: { 'retry-after': '30' } });
    await world.pass(30);
    expect(countStates(world)).toEqual({ delivered: 3 });
    expect(contacts[6]?.properties.sluice_score).toBe('30');
  });

  it('fail, visibly, for a lead that has no contact, and for no other', async () => {
    const world = createHubspotWorld();
    await world.plan(
      announceDelivery({ leadId: 'hubspot:999' }),
      announceDelivery({ leadId: 'web-1' }),
      announceDelivery({ leadId: 'hubspot:8' }),
    );
    await world.send();
    expect(world.all().map(({ leadId, state, reason }) => [leadId, state, reason])).toEqual([
      ['hubspot:8', 'delivered', undefined],
      ['hubspot:999', 'failed', 'HubSpot has no such record (OBJECT_NOT_FOUND)'],
      ['web-1', 'failed', 'the lead id doesn\'t begin with "hubspot:"'],
    ]);
  });

  it('wait while a property is missing in HubSpot, and are written once it is there', async () => {
    const world = createHubspotWorld();
    delete properties.sluice_reasons;
    await world.plan(announceDelivery({ leadId: 'hubspot:9', data: { score: 33 } }));
    await world.pass(2);
    expect(countStates(world)).toEqual({ waiting: 1 });
    properties.sluice_reasons = 'any';
    await world.pass(60);
    expect(countStates(world)).toEqual({ delivered: 1 });
    expect(contacts[8]?.properties.sluice_score).toBe('33');
  });
});
