import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type ActiveModelsProps,
  createActiveModels,
  createModelRegistry,
  type ModelRegistry,
  refreshMs,
} from '../../../shared/model-store/index.ts';
import { createClient, memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const ana = { by: 'ana', reason: 'better' };
const numbered = (version: string) => compileDocument({ ...smallDocument(), version });
const deployed = numbered('1');

let clock: { now: number; elapsed: number };
let reads: string[][];
let fails: boolean;
/** Holds the answers of the table back, as a slow network does. */
let hold: Promise<void> | undefined;
let client: ReturnType<typeof memoryClient>;
let registry: ModelRegistry;

const clocks = { now: () => clock.now, elapsed: () => clock.elapsed };
const table = { table: 'leads' };

/** Returns the models in use as a function sees them, whose reads are counted and can fail. */
const open = (props: Partial<ActiveModelsProps> = {}) => {
  const counting = createClient(async (command) => {
    const { RequestItems } = command.input as { RequestItems?: { leads: { Keys: { pk: { S: string } }[] } } };
    if (RequestItems !== undefined) reads.push(RequestItems.leads.Keys.map(({ pk }) => pk.S));
    if (fails) throw new Error('throttled');
    const held = hold;
    const answer = await client.send(command as never);
    await held;
    return answer;
  });
  return createActiveModels({ client: counting, ...table, deployed, clocks, ...props });
};
const pass = (ms: number): void => {
  clock = { now: clock.now + ms, elapsed: clock.elapsed + ms };
};
const activate = async (version: string): Promise<void> => {
  await registry.publish(numbered(version).document, ana);
  await registry.activate(`small@${version}`, 'none', ana);
};
const pointerReads = () => reads.filter(([key]) => key === 'MODEL-POINTER').length;

beforeEach(() => {
  clock = { now: Date.parse('2026-03-01T09:00:00.000Z'), elapsed: 0 };
  reads = [];
  fails = false;
  hold = undefined;
  client = memoryClient({ tables: { leads: [] } });
  registry = createModelRegistry({ client, ...table, now: clocks.now });
});

describe('the models in use', () => {
  it('begin with the deployed one, which is stored before it is returned', async () => {
    const { active, revision, activatedAt, actions, shadow } = await open().current();
    expect(active.version).toBe('small@1');
    expect([revision, activatedAt, actions, shadow]).toEqual([
      1,
      '2026-03-01T09:00:00.000Z',
      'all',
      undefined,
    ]);
    expect(await registry.load('small@1')).toEqual(deployed.document);
  });

  it('begin with the deployed one, which a function that only reads does not store', async () => {
    const models = open({ storesFirst: false });
    expect((await models.current()).active).toBe(deployed);
    expect(client.memory.items('leads')).toEqual([]);
    await activate('2');
    pass(refreshMs + 1);
    expect((await models.current()).active.version).toBe('small@2');
  });

  it('are the activated ones, whatever file is deployed later', async () => {
    await open().current();
    const later = open({ deployed: numbered('7') });
    expect((await later.current()).active.version).toBe('small@1');
    expect(await registry.load('small@7')).toBeUndefined();
  });

  it('are those of the table, also if the deployed file has another document of the version', async () => {
    await open().current();
    const other = compileDocument({ ...smallDocument(), title: 'Another' });
    expect((await open({ deployed: other }).current()).active.document.title).toBe('Small');
  });

  it('are read again after a refresh period, and no model is loaded twice', async () => {
    const models = open();
    await models.current();
    await activate('2');
    pass(refreshMs);
    expect((await models.current()).active.version).toBe('small@1');
    expect(pointerReads()).toBe(1);
    pass(1);
    expect(await models.current()).toMatchObject({
      active: { version: 'small@2' },
      revision: 3,
      actions: 'none',
    });
    await registry.rollBack('all', ana);
    pass(refreshMs + 1);
    expect((await models.current()).active.version).toBe('small@1');
    expect(reads.flat().filter((key) => key === 'MODEL#small@1')).toHaveLength(2);
    expect(reads.flat().filter((key) => key === 'MODEL#small@2')).toHaveLength(1);
  });

  it('are read again if either clock says so, also while the other one stands still', async () => {
    const models = open();
    await models.current();
    clock = { ...clock, elapsed: clock.elapsed + refreshMs + 1 };
    await models.current();
    expect(pointerReads()).toBe(2);
    clock = { ...clock, now: clock.now + refreshMs + 1 };
    await models.current();
    expect(pointerReads()).toBe(3);
    clock = { now: clock.now - 3_600_000, elapsed: clock.elapsed + refreshMs + 1 };
    await models.current();
    expect(pointerReads()).toBe(4);
  });

  it('are at most a second old if they are asked for afresh', async () => {
    const models = open();
    await models.current();
    await activate('2');
    pass(1_000);
    expect((await models.refreshed()).active.version).toBe('small@1');
    pass(1);
    expect((await models.refreshed()).active.version).toBe('small@2');
    expect((await models.current()).active.version).toBe('small@2');
    expect(pointerReads()).toBe(2);
  });

  it('are read once by many who ask at the same time', async () => {
    const models = open();
    const answers = await Promise.all(Array.from({ length: 8 }, () => models.current()));
    expect(new Set(answers).size).toBe(1);
    expect(pointerReads()).toBe(1);
  });

  it('are those of the later reading, also if an earlier one ends after it', async () => {
    await open().current();
    const models = open();
    const slow = Promise.withResolvers<void>();
    hold = slow.promise;
    const early = models.current();
    hold = undefined;
    await activate('2');
    pass(1_001);
    expect((await models.refreshed()).active.version).toBe('small@2');
    slow.resolve();
    expect((await early).active.version).toBe('small@1');
    expect((await models.current()).active.version).toBe('small@2');
  });

  it('fail rather than being older than a refresh period, and are read at the next call', async () => {
    const models = open();
    await models.current();
    fails = true;
    expect((await models.current()).active.version).toBe('small@1');
    pass(refreshMs + 1);
    await expect(models.current()).rejects.toThrow('throttled');
    fails = false;
    expect((await models.current()).active.version).toBe('small@1');
  });

  it('stay known if they could not be read afresh', async () => {
    const models = open();
    await models.current();
    pass(2_000);
    fails = true;
    await expect(models.refreshed()).rejects.toThrow('throttled');
    expect((await models.current()).active.version).toBe('small@1');
  });

  it('are read at once for a request that names another model, however young the reading is', async () => {
    const models = open();
    await models.current();
    await registry.publish(numbered('2').document, ana);
    await registry.activate('small@2', 'all', ana);
    expect((await models.refreshed()).active.version).toBe('small@1');
    expect((await models.refreshedFor('small@2')).active.version).toBe('small@2');
  });

  it('hold the shadow, and go on without one that is not stored: it must not keep leads from being judged', async () => {
    const models = open();
    await models.current();
    await registry.publish(numbered('2').document, ana);
    await registry.shadow('small@2', ana);
    pass(refreshMs + 1);
    expect((await models.current()).shadow?.version).toBe('small@2');
    const pointer = client.memory.items('leads').find(({ pk }) => pk?.S === 'MODEL-POINTER');
    const Item = { ...pointer, shadow: { S: 'small@9' } };
    await client.send(new PutItemCommand({ TableName: 'leads', Item }));
    pass(refreshMs + 1);
    expect(await models.current()).not.toHaveProperty('shadow');
    await client.send(
      new PutItemCommand({ TableName: 'leads', Item: { ...Item, active: { S: 'small@9' } } }),
    );
    pass(refreshMs + 1);
    await expect(models.current()).rejects.toMatchObject({ code: 'MODEL_NOT_STORED' });
  });
});
