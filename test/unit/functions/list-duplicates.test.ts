import { beforeEach, describe, expect, it } from 'vitest';
import { storePair } from '../../support/identity-world.ts';
import { type MemoryDynamoDbClient, memoryClient } from '../../support/memory-dynamodb.ts';
import { type AskApi, askPages, buildLead, createQueryApi, storeLead } from '../../support/query-api.ts';
import { indexes } from '../../support/tables.ts';

let client: MemoryDynamoDbClient;
let ask: AskApi;
beforeEach(() => {
  client = memoryClient({ tables: indexes });
  ask = createQueryApi({ client });
});

const list = async () => (await ask('listDuplicates')).body;

describe('GET /api/duplicates', () => {
  it('shows both leads of a pair, and what they share', async () => {
    await storeLead(client, buildLead('l-1', { attributes: { name: 'Ann', company: 'Acme' }, score: 80 }));
    await storeLead(client, buildLead('l-2', { tier: 'risky', score: 20 }));
    await storePair(client, ['l-2', 'l-1']);
    expect(await list()).toEqual({
      duplicates: [
        {
          leads: [
            { leadId: 'l-1', name: 'Ann', company: 'Acme', stage: 'mql', tier: 'good', score: 80 },
            { leadId: 'l-2', stage: 'mql', tier: 'risky', score: 20 },
          ],
          types: ['email'],
          source: 'hubspot',
          notedAt: '2026-03-01T09:00:00.000Z',
        },
      ],
      cursor: null,
    });
  });

  it('shows no pair of which a lead was merged or erased, or that was dismissed or merged', async () => {
    await storeLead(client, buildLead('l-1'));
    await storeLead(client, buildLead('l-2'));
    await storeLead(client, { leadId: 'l-3', version: 2, status: 'erased' });
    await storeLead(client, { leadId: 'l-4', version: 2, status: 'merged', mergedInto: 'l-1' });
    await storePair(client, ['l-1', 'l-3']);
    await storePair(client, ['l-1', 'l-4']);
    await storePair(client, ['l-1', 'l-9']);
    await storePair(client, ['l-1', 'l-2'], { status: 'dismissed' });
    expect(await list()).toEqual({ duplicates: [], cursor: null });
  });

  it.each(['1', '3', '50'])('shows every pair once, by %s', async (limit) => {
    for (let i = 0; i < 12; i++) {
      await storeLead(client, buildLead(`a-${i}`));
      await storeLead(client, buildLead(`b-${i}`));
      await storePair(client, [`a-${i}`, `b-${i}`], { status: i % 4 === 3 ? 'merged' : 'suggested' });
    }
    const pages = await askPages(ask, 'listDuplicates', { name: 'duplicates', query: { limit } });
    const ids = pages.flat().map(({ leads }) => leads[0].leadId);
    expect(ids).toHaveLength(9);
    expect(new Set(ids).size).toBe(9);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(Number(limit));
  });
});
