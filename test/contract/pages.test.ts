import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outboundContracts, parseAction, tiers } from '../../events/index.ts';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { type DynamoDb, startDynamoDb, startMemoryDynamoDb } from '../support/engine.ts';
import { now } from '../support/events.ts';
import { buildRequest } from '../support/handoffs.ts';
import { compileDocument, smallDocument } from '../support/models.ts';
import { askPages, buildLead, createQueryApi, storeLead } from '../support/query-api.ts';
import { storeModel } from '../support/store-model.ts';

const engines = [
  { engine: 'the embedded engine', start: startDynamoDb },
  { engine: 'the engine in memory', start: () => startMemoryDynamoDb() },
];
const model = compileDocument(smallDocument());

describe.each(engines)('the pages of the API on $engine', ({ start }) => {
  let dynamoDb: DynamoDb;
  beforeAll(async () => {
    dynamoDb = await start();
    const { client, leads } = dynamoDb;
    const followUps = createDynamoDbFollowUps(client, leads);
    for (let i = 0; i < 12; i++) {
      const leadId = `l-${i}`;
      await storeLead(client, buildLead(leadId, { tier: tiers[i % 4] ?? 'none' }), undefined, leads);
      const sample = structuredClone(outboundContracts.LeadTierChanged.sampleEvent);
      const data = { ...sample.detail.data, leadId };
      const event = parseAction({ ...sample, detail: { ...sample.detail, data } });
      await followUps.openHandoff(event, buildRequest({ handoffId: `h-${i}` }), now);
    }
    await storeModel({ client, table: leads }, model);
  });
  afterAll(() => dynamoDb?.stop());

  const ask = () => createQueryApi({ client: dynamoDb.client, table: dynamoDb.leads, model });

  it.each(['1', '5', '50'])('hold every lead once, by %s', async (limit) => {
    const leads = (await askPages(ask(), 'listLeads', { name: 'leads', query: { limit } })).flat();
    expect(leads.map(({ tier }) => tier)).toEqual(tiers.toReversed().flatMap((tier) => [tier, tier, tier]));
    expect(new Set(leads.map(({ leadId }) => leadId)).size).toBe(12);
  });

  it.each(['1', '5', '50'])('hold every hand-off once, by %s', async (limit) => {
    for (const query of [{ limit }, { limit, queue: 'sales' }]) {
      const handoffs = (await askPages(ask(), 'listHandoffs', { name: 'handoffs', query })).flat();
      expect(handoffs).toHaveLength(12);
      expect(new Set(handoffs.map(({ id }) => id)).size).toBe(12);
    }
    expect((await ask()('listHandoffs', { query: { limit, state: 'accepted' } })).body.handoffs).toEqual([]);
  });

  it('hold the models', async () => {
    const { body } = await ask()('listModels');
    expect(body.models).toMatchObject([
      { modelVersion: 'small@1', active: true, storedAt: expect.any(String) },
    ]);
  });
});
