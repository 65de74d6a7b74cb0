import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { apiLimits } from '../../../events/api/index.ts';
import { canaryPrefix, dayMs, tiers } from '../../../events/index.ts';
import { noFacts } from '../../../shared/scoring/index.ts';
import { createScoringWorld, deliver } from '../../support/deliveries.ts';
import { buildEntry, now } from '../../support/events.ts';
import { createClient, memoryClient } from '../../support/memory-dynamodb.ts';
import { type AskApi, askPages, buildLead, createQueryApi, storeLead } from '../../support/query-api.ts';
import { indexes } from '../../support/tables.ts';
import { createMemoryWorld } from '../../support/world.ts';

let client: DynamoDBClient;
let ask: AskApi;
beforeEach(() => {
  ({ client } = createMemoryWorld());
  ask = createQueryApi({ client });
});
const list = (query: Readonly<Record<string, string>> = {}) => ask('listLeads', { query });
const idsOf = async (query: Readonly<Record<string, string>> = {}): Promise<string[]> =>
  (await askPages(ask, 'listLeads', { name: 'leads', query })).flat().map(({ leadId }) => leadId);

describe('GET /api/leads', () => {
  it('finds nothing in an empty table', async () => {
    expect(await list()).toMatchObject({ status: 200, body: { leads: [], cursor: null } });
    expect(await list({ tier: 'none' })).toMatchObject({ body: { leads: [], cursor: null } });
  });

  it('lists leads from the best tier to none, and those of one tier if asked for it', async () => {
    for (const tier of tiers)
      for (const i of [1, 2, 3]) await storeLead(client, buildLead(`${tier}-${i}`, { tier }));
    const all = await idsOf();
    expect(all.map((id) => id.slice(0, -2))).toEqual(
      ['excellent', 'good', 'risky', 'none'].flatMap((tier) => [tier, tier, tier]),
    );
    for (const tier of tiers)
      expect((await idsOf({ tier })).toSorted()).toEqual([`${tier}-1`, `${tier}-2`, `${tier}-3`]);
  });

  it('shows what is known of each lead if asked for it, as a lead alone has it, and not otherwise', async () => {
    await storeLead(client, buildLead('l-1', { attributes: { city: 'Ulm' } }));
    expect((await list()).body.leads[0]).not.toHaveProperty('facts');
    const [lead] = (await list({ include: 'facts' })).body.leads;
    expect(lead.facts.attributes).toEqual({ city: { value: 'Ulm', at: expect.any(String) } });
  });

  it('ends a page with facts before it is too large for an answer, and leaves no lead out', async () => {
    const notes = Array.from({ length: 200 }, (_, i) => [`note_${i}`, 'x'.repeat(1_000)]);
    const attributes = Object.fromEntries(notes);
    for (let i = 0; i < 30; i++) await storeLead(client, buildLead(`l-${i}`, { attributes }));
    const query = { include: 'facts', limit: '200' };
    const { leads, cursor } = (await list(query)).body;
    expect(leads.length).toBeGreaterThan(1);
    expect(leads.length).toBeLessThan(30);
    expect(cursor).not.toBeNull();
    expect((await idsOf(query)).toSorted()).toEqual(
      Array.from({ length: 30 }, (_, i) => `l-${i}`).toSorted(),
    );
  });

  it('shows a lead as it is stored: how it stands, as of when, when time comes for it, and who it is', async () => {
    const seen = Date.parse('2026-03-01T09:00:00.000Z');
    const lead = buildLead('l-1', {
      attributes: { first_name: 'Ada', lastName: 'King', Company: 'Engines', lead_owner: 'Jo' },
      lane: 'fast',
      heldBack: true,
      version: 7,
    });
    await storeLead(
      client,
      { ...lead, facts: { ...lead.facts, clock: seen + dayMs } },
      '2026-07-01T00:00:00.000Z',
    );
    expect((await list()).body.leads).toEqual([
      {
        leadId: 'l-1',
        version: 7,
        name: 'Ada King',
        company: 'Engines',
        owner: 'Jo',
        stage: 'mql',
        status: 'active',
        tier: 'good',
        score: 70,
        coverage: 0.5,
        dimensions: { fit: 70 },
        lane: 'fast',
        heldBack: true,
        action: { kind: 'none' },
        modelVersion: 'small@1',
        asOf: '2026-03-02T09:00:00.000Z',
        lastHeard: '2026-03-01T09:00:00.000Z',
        dueAt: '2026-07-01T00:00:00.000Z',
      },
    ]);
  });

  it('shows leads as score-leads stores them', async () => {
    const world = createScoringWorld();
    const profile = { name: 'Ada', seniority: 'executive' };
    await deliver(
      world,
      buildEntry({ type: 'LeadProfileUpdated', data: { leadId: 'l-1', attributes: profile } }),
      buildEntry({ type: 'LeadStageChanged', data: { leadId: 'l-1', stage: 'sql' }, id: 'e-2' }),
    );
    const { body } = await createQueryApi({ client: world.stores.client })('listLeads');
    expect(body.leads).toMatchObject([{ leadId: 'l-1', name: 'Ada', stage: 'sql', version: 2 }]);
  });

  it('never lists canaries, nor leads that were merged or erased', async () => {
    await storeLead(client, buildLead(`${canaryPrefix}1`));
    await storeLead(client, buildLead(`${canaryPrefix}2`, { tier: 'none' }));
    await storeLead(client, { leadId: 'l-1', version: 2, status: 'merged', mergedInto: 'l-2' });
    await storeLead(client, { leadId: 'l-3', version: 2, status: 'erased' });
    expect(await idsOf()).toEqual([]);
    expect(await idsOf({ tier: 'none' })).toEqual([]);
  });

  it.each([
    [{ stage: 'sql' }, ['a', 'd']],
    [{ lane: 'fast' }, ['b']],
    [{ owner: ' jo weiß ' }, ['a', 'c']],
    [{ owner: 'JO WEIß', stage: 'sql', tier: 'none' }, ['a']],
    [{ owner: 'Jo' }, []],
    [{ lane: 'slow' }, []],
  ] as const)('lists those that have %j', async (query, expected) => {
    await storeLead(client, buildLead('a', { stage: 'sql', tier: 'none', attributes: { owner: 'Jo Weiß' } }));
    await storeLead(client, buildLead('b', { lane: 'fast', attributes: { ownerName: 'Al' } }));
    await storeLead(client, buildLead('c', { attributes: { 'Contact.Owner': '  jo Weiß' } }));
    await storeLead(client, buildLead('d', { stage: 'sql' }));
    expect((await idsOf(query)).toSorted()).toEqual(expected);
  });

  it('lists a lead only under the tier that it has, if the index is behind', async () => {
    const isStale = { now: false };
    const lagging = memoryClient({ tables: indexes, now: () => 0, isStale: () => isStale.now });
    await storeLead(lagging, buildLead('l-1', { tier: 'excellent' }));
    await storeLead(lagging, buildLead('l-1', { tier: 'risky' }));
    isStale.now = true;
    const { body } = await createQueryApi({ client: lagging })('listLeads', { query: { tier: 'excellent' } });
    expect(body).toEqual({ leads: [], cursor: null });
  });

  it('fills pages up to the limit, and gives a cursor as long as there is more', async () => {
    for (let i = 0; i < 10; i++)
      await storeLead(client, buildLead(`l-${i}`, { tier: i < 5 ? 'good' : 'none' }));
    const pages = await askPages(ask, 'listLeads', { name: 'leads', query: { limit: '4' } });
    expect(pages.map(({ length }) => length).slice(0, 3)).toEqual([4, 4, 2]);
    expect(new Set(pages.flat().map(({ leadId }) => leadId)).size).toBe(10);
  });

  it('reads only so much for a page that filters nearly everything, and goes on from there', async () => {
    for (let i = 0; i < 1_200; i++)
      await storeLead(
        client,
        buildLead(`l-${i}`, { tier: i % 2 === 0 ? 'good' : 'none', stage: i === 7 ? 'sql' : 'lead' }),
      );
    const first = await list({ stage: 'sql' });
    expect(first.body).toMatchObject({ leads: [], cursor: expect.any(String) });
    let read = 0;
    const counting = createClient(async (command) => {
      const answered = (await client.send(command as never)) as {
        Items?: unknown[];
        ScannedCount?: number;
        Responses?: Record<string, unknown[]>;
      };
      read += answered.ScannedCount ?? Object.values(answered.Responses ?? {}).flat().length;
      return answered;
    });
    for (const query of [
      { stage: 'sql' },
      { limit: '200' },
      { limit: '200', tier: 'none' },
      { tier: 'good', lane: 'a' },
    ]) {
      read = 0;
      await createQueryApi({ client: counting })('listLeads', { query });
      expect(read).toBeGreaterThan(200);
      expect(read).toBeLessThanOrEqual(apiLimits.itemsRead);
    }
    expect(await idsOf({ stage: 'sql' })).toEqual(['l-7']);
    expect(await idsOf({ stage: 'sql', limit: '1' })).toEqual(['l-7']);
  });

  it.each([
    ['tier', 'best', 'none'],
    ['stage', 'MQL', 'subscriber'],
    ['lane', '1st', '1 to 64'],
    ['owner', '', 'at least 1'],
    ['limit', '0', '1 to 200'],
    ['limit', '201', '1 to 200'],
    ['limit', '1e2', '1 to 200'],
    ['cursor', 'a/b', 'cursor'],
    ['page', '2', ''],
  ])('refuses %s=%s', async (name, given, allowed) => {
    const { status, body } = await list({ [name]: given });
    expect(status).toBe(400);
    expect(body.errors[0].path).toBe(`query.${name}`);
    expect(body.errors[0].allowed).toContain(allowed);
  });

  it('refuses a cursor that was changed, is old, or is of another query, operation or API', async () => {
    for (let i = 0; i < 3; i++) await storeLead(client, buildLead(`l-${i}`));
    const { cursor } = (await list({ limit: '1' })).body;
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('LEAD#l-');
    expect((await list({ limit: '2', cursor })).body.leads).toHaveLength(2);
    const changed = `${cursor.slice(0, -2)}${cursor.endsWith('AA') ? 'BB' : 'AA'}`;
    const refusals = [
      await list({ cursor: changed }),
      await list({ cursor: cursor.slice(0, 20) }),
      await list({ cursor, tier: 'good' }),
      await list({ cursor, owner: 'jo' }),
      await ask('listHandoffs', { query: { cursor } }),
      await createQueryApi({ client, now: () => now + dayMs + 1 })('listLeads', { query: { cursor } }),
      await createQueryApi({ client, secret: Buffer.alloc(32, 8) })('listLeads', { query: { cursor } }),
    ];
    for (const { status, body } of refusals) {
      expect(status).toBe(400);
      expect(body).toMatchObject({
        type: 'urn:sluice:problem:invalid-cursor',
        errors: [{ path: 'query.cursor' }],
      });
    }
  });

  it('is for every role, and for nobody without one', async () => {
    await storeLead(client, buildLead('l-1', { facts: { ...noFacts, seen: now } }));
    for (const role of ['viewer', 'seller', 'admin', 'service'] as const)
      expect((await ask('listLeads', { role })).status).toBe(200);
    expect((await ask('listLeads', { role: 'nobody' })).status).toBe(403);
  });
});
