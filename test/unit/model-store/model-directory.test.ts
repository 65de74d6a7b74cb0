import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { leadAnnouncements } from '../../../functions/publish-changes/lead-announcements.ts';
import { announcingEntries, consumerItems, newModels } from '../../../infra/constructs/stream-patterns.ts';
import type { Change } from '../../../infra/local/engine/memory/database.ts';
import { compileFilter } from '../../../infra/local/pattern.ts';
import { dueIndex, modelDirectoryKey, queueIndex, tierIndex } from '../../../shared/keys/index.ts';
import { createDynamoDbModelStore, readModelDirectory } from '../../../shared/model-store/index.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { indexes } from '../../support/tables.ts';

const { version, document } = compileDocument(smallDocument());
let changes: Change[];
let client: ReturnType<typeof memoryClient>;
const storeAt = (now: string, at = version, title = document.title) =>
  createDynamoDbModelStore({ client, table: 'leads', now: () => Date.parse(now) }).ensureStored(at, {
    ...document,
    title,
  });
const listed = (most = 10) => readModelDirectory({ client, table: 'leads' }, most);

beforeEach(() => {
  changes = [];
  client = memoryClient({ tables: indexes, onChange: (change) => changes.push(change) });
});

describe('the directory of models', () => {
  it('lists a model once it is stored, with its title and since when', async () => {
    expect(await listed()).toEqual([]);
    await storeAt('2026-03-01T09:00:00.000Z');
    await storeAt('2026-04-01T09:00:00.000Z', 'small@2', 'Small, but wiser');
    expect(await listed()).toEqual([
      { modelVersion: 'small@1', title: 'Small', storedAt: '2026-03-01T09:00:00.000Z' },
      { modelVersion: 'small@2', title: 'Small, but wiser', storedAt: '2026-04-01T09:00:00.000Z' },
    ]);
    expect(await listed(1)).toHaveLength(1);
  });

  it('is written once for each model', async () => {
    await storeAt('2026-03-01T09:00:00.000Z');
    expect(changes).toHaveLength(2);
    await storeAt('2026-04-01T09:00:00.000Z');
    expect(changes).toHaveLength(2);
  });

  it('gets a model that was stored before there was a directory, with the instant of then', async () => {
    await storeAt('2026-03-01T09:00:00.000Z');
    const { pk, sk } = modelDirectoryKey(version);
    await client.send(new DeleteItemCommand({ TableName: 'leads', Key: { pk: { S: pk }, sk: { S: sk } } }));
    expect(await listed()).toEqual([]);
    await storeAt('2026-04-01T09:00:00.000Z');
    expect(await listed()).toEqual([
      { modelVersion: version, title: 'Small', storedAt: '2026-03-01T09:00:00.000Z' },
    ]);
  });

  it('lists a model once if many store it at the same time, and not one that is refused', async () => {
    await Promise.all(Array.from({ length: 8 }, () => storeAt('2026-03-01T09:00:00.000Z')));
    await expect(storeAt('2026-03-01T09:00:00.000Z', version, 'Another')).rejects.toThrow(version);
    expect(await listed()).toEqual([
      { modelVersion: version, title: 'Small', storedAt: '2026-03-01T09:00:00.000Z' },
    ]);
  });

  it('announces nothing, and is in no index', async () => {
    await storeAt('2026-03-01T09:00:00.000Z');
    const item = changes.at(-1)?.after ?? {};
    expect(item.pk?.S).toBe(modelDirectoryKey(version).pk);
    const record = {
      eventName: 'INSERT',
      dynamodb: { Keys: { pk: item.pk, sk: item.sk }, NewImage: item },
    };
    for (const pattern of [announcingEntries, consumerItems, newModels])
      expect(compileFilter(pattern)(record)).toBe(false);
    expect(leadAnnouncements(item, undefined)).toEqual([]);
    for (const { partitionKey } of [dueIndex, queueIndex, tierIndex])
      expect(item).not.toHaveProperty(partitionKey);
  });
});
