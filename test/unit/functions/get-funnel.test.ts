import { beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { stages, tiers } from '../../../events/index.ts';
import { answerQueries } from '../../../functions/answer-queries/answer-queries.ts';
import { countFunnel } from '../../../functions/count-funnel/count-funnel.ts';
import { funnelPartitions } from '../../../shared/keys/index.ts';
import { createFixedModels } from '../../../shared/model-store/index.ts';
import { createDynamoDbRequests } from '../../../shared/requests/index.ts';
import { apiRequest, bodyOf } from '../../support/api-request.ts';
import { buildBatch } from '../../support/deliveries.ts';
import { announce, type Placed } from '../../support/funnel.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { successReady } from '../../support/models.ts';

let client: ReturnType<typeof memoryClient>;
beforeEach(() => {
  client = memoryClient({ tables: { leads: [], requests: [] } });
});

const now = Date.parse('2026-03-10T12:00:00.000Z');
const count = (partition: number, ...placed: readonly Placed[]) =>
  countFunnel({ client, table: 'leads', partition: funnelPartitions[partition] as string, now: () => now })(
    buildBatch(...placed.map(announce)),
  );
const get = (query: Record<string, string> = {}) =>
  answerQueries({
    client,
    leadsTable: 'leads',
    identitiesTable: 'identities',
    requests: createDynamoDbRequests({ client, table: 'requests', now: () => now }),
    models: createFixedModels(successReady()),
    now: () => now,
  })(apiRequest('getFunnel', { query, role: 'viewer' }));

describe('GET /api/funnel', () => {
  it('counts leads by stage and tier over all partitions, and their moves by day', async () => {
    await count(0, { version: 1, cell: 'lead/none' }, { leadId: 'l-2', version: 1, cell: 'lead/none' });
    await count(7, { version: 2, cell: 'mql/good', at: '2026-03-09T10:00:00.000Z' });
    await count(3, { leadId: 'l-2', version: 2, at: '2026-03-09T11:00:00.000Z' });
    const answer = await get({ from: '2026-03-01', to: '2026-03-09' });
    expect(answer.statusCode).toBe(200);
    const body = bodyOf(answer);
    expect(answers.getFunnel.safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({ countedAt: '2026-03-10T12:00:00.000Z', leads: 1 });
    expect(body.cells.filter(({ leads }: { leads: number }) => leads !== 0)).toEqual([
      { stage: 'mql', tier: 'good', leads: 1 },
    ]);
    expect(body.stages).toContainEqual({ stage: 'mql', leads: 1 });
    expect(body.tiers).toContainEqual({ tier: 'good', leads: 1 });
    expect(body.days.filter(({ moves }: { moves: unknown[] }) => moves.length > 0)).toEqual([
      {
        day: '2026-03-01',
        moves: [{ from: null, to: { stage: 'lead', tier: 'none' }, count: 2 }],
      },
      {
        day: '2026-03-09',
        moves: [
          { from: { stage: 'lead', tier: 'none' }, to: null, count: 1 },
          { from: { stage: 'lead', tier: 'none' }, to: { stage: 'mql', tier: 'good' }, count: 1 },
        ],
      },
    ]);
  });

  it('lists every stage with every tier, and every day, even if nothing was counted', async () => {
    const body = bodyOf(await get());
    expect(answers.getFunnel.safeParse(body).error).toBeUndefined();
    expect(body.cells).toHaveLength(stages.length * tiers.length);
    expect(body).toMatchObject({ leads: 0, countedAt: null, from: '2026-02-09', to: '2026-03-10' });
    expect(body.days).toHaveLength(30);
    expect(body.days[0]).toEqual({ day: '2026-02-09', moves: [] });
  });

  it.each([
    [{ to: '2026-01-31' }, '2026-01-02', '2026-01-31', 30],
    [{ from: '2026-03-10' }, '2026-03-10', '2026-03-10', 1],
    [{ from: '2025-03-10' }, '2025-03-10', '2026-03-10', 366],
  ])('completes the days that are asked for: %j', async (query, from, to, days) => {
    const body = bodyOf(await get(query));
    expect([body.from, body.to, body.days.length]).toEqual([from, to, days]);
  });

  it.each([
    [{ from: '2026-03-02', to: '2026-03-01' }, 'query.from'],
    [{ from: '2026-03-11' }, 'query.from'],
    [{ from: '2025-03-09' }, 'query.from'],
    [{ from: '2026-02-30' }, 'query.from'],
    [{ to: 'today' }, 'query.to'],
    [{ days: '3' }, 'query.days'],
  ])('refuses other days: %j', async (query, path) => {
    const answer = await get(query);
    expect(answer.statusCode).toBe(400);
    expect(bodyOf(answer).errors).toMatchObject([{ path }]);
  });
});
