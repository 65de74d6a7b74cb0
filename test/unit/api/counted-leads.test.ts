import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { apiLimits } from '../../../events/api/index.ts';
import { buildBatch, createScoringWorld } from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { createClient } from '../../support/memory-dynamodb.ts';
import { createQueryApi } from '../../support/query-api.ts';

const said = (leadId: string, day: string, type: Parameters<typeof buildEntry>[0]['type'], data: object) =>
  buildEntry({ type, data: { leadId, ...data }, at: `${day}T09:00:00.000Z`, id: `${leadId}-${type}-${day}` });

const ada = { attributes: { name: 'Ada', company: 'Acme', owner: 'jane@example.com' } };

/** Returns the API over leads of which events have come. */
const apiOver = async (...events: readonly object[]) => {
  const world = createScoringWorld();
  await world.score(buildBatch(...events));
  return createQueryApi({ client: world.stores.client });
};

describe('GET /api/funnel/leads', () => {
  it('lists each time that it happened, the latest first, with name and company', async () => {
    const ask = await apiOver(
      said('a', '2026-05-01', 'LeadProfileUpdated', ada),
      said('a', '2026-05-02', 'LeadStageChanged', { stage: 'sql' }),
      said('a', '2026-05-03', 'LeadStageChanged', { stage: 'lead' }),
      said('a', '2026-05-04', 'LeadStageChanged', { stage: 'sql' }),
      said('b', '2026-05-03', 'LeadStageChanged', { stage: 'sql' }),
    );
    const { body } = await ask('listCountedLeads', {
      query: { figure: 'came', stage: 'sql', from: '2026-05-01', to: '2026-05-31' },
    });
    expect(body).toEqual({
      leads: [
        { leadId: 'a', name: 'Ada', company: 'Acme', at: '2026-05-04T09:00:00.000Z' },
        { leadId: 'b', at: '2026-05-03T09:00:00.000Z' },
        { leadId: 'a', name: 'Ada', company: 'Acme', at: '2026-05-02T09:00:00.000Z' },
      ],
      more: false,
    });
  });

  it('lists what happened up to the instant of a report', async () => {
    const ask = await apiOver(
      said('a', '2026-05-02', 'LeadOutcomeRecorded', { outcome: 'won', dealId: 'd-1' }),
      said('a', '2026-05-08', 'LeadOutcomeRecorded', { outcome: 'won', dealId: 'd-2' }),
    );
    const list = async (query: Record<string, string>) =>
      (await ask('listCountedLeads', { query: { figure: 'won', ...query } })).body.leads;
    expect(await list({})).toHaveLength(2);
    expect(await list({ at: '2026-05-05T00:00:00Z' })).toHaveLength(1);
  });

  it('lists a merged lead without what was known of it, and an erased one not at all', async () => {
    const ask = await apiOver(
      said('a', '2026-05-01', 'LeadProfileUpdated', ada),
      said('b', '2026-05-01', 'LeadProfileUpdated', ada),
      said('c', '2026-05-01', 'LeadStageChanged', { stage: 'mql' }),
      said('c', '2026-05-02', 'LeadsMerged', { mergedLeadId: 'a' }),
      said('b', '2026-05-02', 'LeadErasureRequested', {}),
    );
    const { body } = await ask('listCountedLeads', {
      query: { figure: 'left', from: '2026-05-02', to: '2026-05-02' },
    });
    expect(body.leads).toContainEqual({ leadId: 'a', at: '2026-05-02T09:00:00.000Z' });
    expect(JSON.stringify(body)).not.toContain('Ada');
  });

  it('says that there are more than it lists', async () => {
    const leads = Array.from({ length: apiLimits.countedLeads + 1 }, (_, i) =>
      said(`l-${i}`, '2026-05-01', 'LeadStageChanged', { stage: 'mql' }),
    );
    const list = async (events: readonly object[]) =>
      (
        await (
          await apiOver(...events)
        )('listCountedLeads', { query: { figure: 'came', from: '2026-05-01' } })
      ).body;
    expect((await list(leads)).leads).toHaveLength(apiLimits.countedLeads);
    expect((await list(leads)).more).toBe(true);
    expect((await list(leads.slice(1))).more).toBe(false);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['no figure', {}, ['query.figure']],
    ['a part that the figure has not', { figure: 'won', stage: 'mql' }, ['query.stage']],
    ['days of a figure of the report', { figure: 'won', from: '2026-05-01' }, ['query.from']],
    ['an instant of a figure of the funnel', { figure: 'left', at: '2026-05-01T00:00:00Z' }, ['query.at']],
    ['an instant that is yet to come', { figure: 'won', at: '2026-06-02T00:00:00Z' }, ['query.at']],
    ['days that end before they begin', { figure: 'moved', from: '2026-07-01' }, ['query.from']],
  ])('refuses %s', async (_, query, paths) => {
    const { status, body } = await (await apiOver())('listCountedLeads', { query });
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(paths);
  });

  it.each(['moved', 'won'])('reads no more than a report does: %s', async (figure) => {
    let pages = 0;
    const client = createClient(async (command) => {
      if (command instanceof ScanCommand) pages++;
      return { Items: [], ScannedCount: apiLimits.reportItems, LastEvaluatedKey: { pk: { S: 'LEAD#a' } } };
    });
    const { status, body } = await createQueryApi({ client })('listCountedLeads', { query: { figure } });
    expect([status, body.type, pages]).toEqual([422, 'urn:sluice:problem:too-much-to-read', 2]);
  });
});
