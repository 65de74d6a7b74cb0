import { describe, expect, it } from 'vitest';
import { createStoredModels } from '../../../shared/model-store/index.ts';
import { createClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { storeModel } from '../../support/store-model.ts';
import { createMemoryWorld } from '../../support/world.ts';

const versions = ['small@1', 'small@2', 'small@3'];
const modelOf = (version: string) =>
  compileDocument({ ...smallDocument(), version: version.slice('small@'.length) });

/** Returns a table with models, and the keys that are read from it. */
const storeModels = async (stored: readonly string[]) => {
  const { client } = createMemoryWorld();
  const add = (version: string) => storeModel({ client, table: 'leads' }, modelOf(version));
  for (const version of stored) await add(version);
  const read: string[] = [];
  let fails = false;
  const counting = createClient(async (command) => {
    const { RequestItems } = command.input as { RequestItems?: { leads: { Keys: { pk: { S: string } }[] } } };
    read.push(...(RequestItems?.leads.Keys.map(({ pk }) => pk.S.slice('MODEL#'.length)) ?? []));
    if (fails) throw new Error('throttled');
    return client.send(command as never);
  });
  const fail = (value: boolean): void => {
    fails = value;
  };
  return { table: { client: counting, table: 'leads' }, read, add, fail };
};

describe('the models that are stored', () => {
  it('are read once each, also if they are asked for at the same time', async () => {
    const { table, read } = await storeModels(versions);
    const find = createStoredModels(table);
    const [a, b] = await Promise.all([find('small@1'), find('small@1')]);
    expect(a).toBe(b);
    expect(a?.version).toBe('small@1');
    await find('small@1');
    expect(read).toEqual(['small@1']);
  });

  it('are forgotten beyond a number, the one that was asked for longest ago first', async () => {
    const { table, read } = await storeModels(versions);
    const find = createStoredModels(table, { most: 2 });
    for (const version of ['small@1', 'small@2', 'small@1', 'small@3', 'small@1']) await find(version);
    expect(read).toEqual(['small@1', 'small@2', 'small@3']);
    await find('small@2');
    expect(read.at(-1)).toBe('small@2');
  });

  it('are looked for again if they were missing, or could not be read', async () => {
    const { table, add, fail } = await storeModels([]);
    const find = createStoredModels(table);
    expect(await find('small@1')).toBeUndefined();
    await add('small@1');
    fail(true);
    await expect(find('small@1')).rejects.toThrow('throttled');
    fail(false);
    expect((await find('small@1'))?.version).toBe('small@1');
  });
});
