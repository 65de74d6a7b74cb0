import { beforeEach, describe, expect, it } from 'vitest';
import { createModelRegistry, ensureFirst } from '../../../shared/model-store/index.ts';
import { createClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument, successReady } from '../../support/models.ts';
import { createQueryApi } from '../../support/query-api.ts';
import { storeModel } from '../../support/store-model.ts';
import { createMemoryWorld, type MemoryWorld } from '../../support/world.ts';

let world: MemoryWorld;
beforeEach(() => {
  world = createMemoryWorld();
});

const small = compileDocument(smallDocument());
const store = (model: typeof small, at: string) =>
  storeModel({ client: world.client, table: 'leads' }, model, at);

describe('GET /api/models', () => {
  it('shows the active model before the first lead is judged by it', async () => {
    const { status, body } = await createQueryApi({ client: world.client, model: small })('listModels');
    expect(status).toBe(200);
    expect(body.models).toEqual([
      {
        modelVersion: 'small@1',
        id: 'small',
        title: 'Small',
        active: true,
        tiers: { excellent: 80, good: 60, risky: 25, hysteresis: 5 },
        dimensions: [
          { id: 'interest', title: 'Interest' },
          { id: 'fit', title: 'Fit' },
        ],
        scorecards: small.document.scorecards,
        queues: ['sales'],
        tracks: ['nurture', 'recycled', 'long-term'],
      },
    ]);
  });

  it('lists the published models after the active one, the latest first', async () => {
    await store(
      compileDocument({ ...smallDocument(), version: '3', title: 'Old' }),
      '2026-01-01T00:00:00.000Z',
    );
    await store(small, '2026-02-01T00:00:00.000Z');
    await store(compileDocument({ ...smallDocument(), version: '2' }), '2026-03-01T00:00:00.000Z');
    const { body } = await createQueryApi({ client: world.client, model: small })('listModels');
    expect(
      body.models.map(({ modelVersion, title, active, storedAt }: Record<string, unknown>) => [
        modelVersion,
        title,
        active,
        storedAt,
      ]),
    ).toEqual([
      ['small@1', 'Small', true, '2026-02-01T00:00:00.000Z'],
      ['small@2', 'Small', false, '2026-03-01T00:00:00.000Z'],
      ['small@3', 'Old', false, '2026-01-01T00:00:00.000Z'],
    ]);
  });

  it('shows which model is active and which is scored beside it, whatever was deployed', async () => {
    const table = { client: world.client, table: 'leads', now: () => 0 };
    const registry = createModelRegistry(table);
    const ana = { by: 'ana', reason: 'better' };
    await ensureFirst(table, small);
    for (const version of ['2', '3'])
      await registry.publish(compileDocument({ ...smallDocument(), version }).document, ana);
    await registry.activate('small@2', 'all', ana);
    await registry.shadow('small@3', ana);
    const { body } = await createQueryApi({ client: world.client, model: small })('listModels');
    expect(
      body.models.map(({ modelVersion, active, shadow }: Record<string, unknown>) => [
        modelVersion,
        active,
        shadow,
      ]),
    ).toEqual([
      ['small@2', true, undefined],
      ['small@1', false, undefined],
      ['small@3', false, true],
    ]);
  });

  it('takes the models that are shipped, and loads each document once', async () => {
    await store(successReady(), '2026-01-01T00:00:00.000Z');
    let loads = 0;
    const client = createClient(async (command) => {
      if (JSON.stringify(command.input).includes('MODEL#')) loads++;
      return world.client.send(command as never);
    });
    const ask = createQueryApi({ client, model: small });
    for (let i = 0; i < 3; i++) expect((await ask('listModels')).body.models).toHaveLength(2);
    expect(loads).toBe(1);
  });

  it('refuses parameters', async () => {
    const { status, body } = await createQueryApi({ client: world.client })('listModels', {
      query: { limit: '3' },
    });
    expect(status).toBe(400);
    expect(body.errors[0].path).toBe('query.limit');
  });
});
