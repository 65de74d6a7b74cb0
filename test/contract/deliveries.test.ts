import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createDeliveriesOverview,
  createDynamoDbDeliveries,
  type DeliveriesPosition,
} from '../../shared/deliveries/index.ts';
import {
  createIntegrationTables,
  type DynamoDb,
  startDynamoDb,
  startMemoryDynamoDb,
} from '../support/engine.ts';

const engines = [
  { engine: 'the embedded engine', start: startDynamoDb },
  { engine: 'the engine in memory', start: () => startMemoryDynamoDb() },
];

const now = Date.parse('2026-06-01T10:00:00.000Z');
const iso = (at: number): string => new Date(at).toISOString();

describe.each(engines)('deliveries on $engine', ({ start }) => {
  let dynamoDb: DynamoDb;
  let table: string;
  beforeAll(async () => {
    dynamoDb = await start();
    table = (await createIntegrationTables(dynamoDb)).deliveries;
  });
  afterAll(() => dynamoDb?.stop());

  const deliveries = () => createDynamoDbDeliveries({ client: dynamoDb.client, table });
  const overview = () => createDeliveriesOverview({ client: dynamoDb.client, table });

  /** Plans a delivery of a lead at an instant, and returns it. */
  const plan = async (subscription: string, leadId: string, at: number) => {
    await deliveries().plan({
      ...{ subscription, eventId: `e-${leadId}`, type: 'LeadTierChanged', leadId, version: 1, ordinal: 0 },
      ...{ occurredAt: iso(at), plannedAt: iso(at), data: { note: 'Secretville' } },
    });
    const [stored] = await deliveries().readLead(subscription, leadId);
    if (stored === undefined) throw new Error('nothing was planned');
    return stored;
  };

  /** Reads all pages of a subscription. */
  const readAll = async (subscription: string, limit: number) => {
    const pages = [];
    let after: DeliveriesPosition | undefined;
    do {
      const page = await overview().readPage(subscription, { limit, after });
      expect(page.deliveries.length).toBeLessThanOrEqual(limit);
      pages.push(page.deliveries);
      after = page.next;
    } while (after !== undefined);
    return pages.flat();
  };

  it('are shown once each, page by page, the latest first, whatever their states', async () => {
    for (let i = 0; i < 12; i++) {
      const delivery = await plan('mixed', `l-${i}`, now + i * 1_000);
      const end = { at: now + i * 1_000, reason: 'answered with 400' };
      if (i % 3 === 1) await deliveries().end(delivery, { ...end, state: 'failed' });
      if (i % 3 === 2) await deliveries().end(delivery, { ...end, state: 'delivered' });
    }
    const all = Array.from({ length: 12 }, (_, i) => `l-${11 - i}`);
    for (const limit of [1, 5, 12, 100])
      expect((await readAll('mixed', limit)).map(({ leadId }) => leadId)).toEqual(all);
  });

  it('are shown once each although many have one instant', async () => {
    for (let i = 0; i < 9; i++) {
      const delivery = await plan('at-once', `l-${i}`, now);
      if (i % 2 === 0) await deliveries().end(delivery, { state: 'delivered', at: now });
    }
    const all = Array.from({ length: 9 }, (_, i) => `l-${i}`);
    for (const limit of [1, 2, 4])
      expect((await readAll('at-once', limit)).map(({ leadId }) => leadId).toSorted()).toEqual(all);
  });

  it('are shown with their attempts, and without what is sent', async () => {
    const delivery = await plan('tried', 'l-1', now);
    const attempt = { at: iso(now), ms: 120, result: 'retry' as const, status: 503 };
    await deliveries().retry(delivery, { attempt, tries: 1, at: now + 60_000 });
    const shown = await readAll('tried', 10);
    expect(shown).toMatchObject([
      { state: 'waiting', time: iso(now + 60_000), tries: 1, attempts: [attempt] },
    ]);
    expect(JSON.stringify(shown)).not.toContain('Secretville');
  });

  it('are counted by state up to a number, of one subscription', async () => {
    for (let i = 0; i < 5; i++) await plan('counted', `l-${i}`, now + i);
    await plan('other', 'l-1', now);
    expect(await overview().count('counted', 'waiting', 5)).toEqual({ count: 5, more: false });
    expect(await overview().count('counted', 'waiting', 4)).toEqual({ count: 4, more: true });
    expect(await overview().count('counted', 'failed', 5)).toEqual({ count: 0, more: false });
  });

  it('have a state of the subscription, also before anything was sent', async () => {
    expect(await overview().readState('quiet')).toEqual({ failures: 0, openings: 0 });
    await deliveries().pause('quiet', now);
    expect(await overview().readState('quiet')).toMatchObject({
      paused: { reason: 'by-hand', at: iso(now) },
    });
  });
});
