import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { leadAnnouncements } from '../../../functions/publish-changes/lead-announcements.ts';
import { activations, announcingEntries, consumerItems } from '../../../infra/constructs/stream-patterns.ts';
import type { Change } from '../../../infra/local/engine/memory/database.ts';
import { compileFilter } from '../../../infra/local/pattern.ts';
import { dueIndex, modelDirectoryKey, queueIndex, tierIndex } from '../../../shared/keys/index.ts';
import { modelItem } from '../../../shared/model-store/documents.ts';
import { createModelRegistry, ensureFirst, readModelDirectory } from '../../../shared/model-store/index.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { indexes } from '../../support/tables.ts';

const { version, document } = compileDocument(smallDocument());
const ana = { by: 'ana', reason: 'better' };
let changes: Change[];
let client: ReturnType<typeof memoryClient>;
const publishAt = (at: string, number = '1', title = document.title) =>
  createModelRegistry({ client, table: 'leads', now: () => Date.parse(at) }).publish(
    { ...document, version: number, title },
    ana,
  );
const listed = (most = 10) => readModelDirectory({ client, table: 'leads' }, most);

beforeEach(() => {
  changes = [];
  client = memoryClient({ tables: indexes, onChange: (change) => changes.push(change) });
});

describe('the directory of models', () => {
  it('lists a model once it is published, with its title and since when', async () => {
    expect(await listed()).toEqual([]);
    await publishAt('2026-03-01T09:00:00.000Z');
    await publishAt('2026-04-01T09:00:00.000Z', '2', 'Small, but wiser');
    expect(await listed()).toEqual([
      { modelVersion: 'small@1', title: 'Small', storedAt: '2026-03-01T09:00:00.000Z' },
      { modelVersion: 'small@2', title: 'Small, but wiser', storedAt: '2026-04-01T09:00:00.000Z' },
    ]);
    expect(await listed(1)).toHaveLength(1);
  });

  it('gets a model of a release that had no directory, with the instant of then', async () => {
    const item = modelItem(version, document, '2026-03-01T09:00:00.000Z');
    await client.send(new PutItemCommand({ TableName: 'leads', Item: item }));
    expect(await listed()).toEqual([]);
    const now = () => Date.parse('2026-04-01T09:00:00.000Z');
    await ensureFirst({ client, table: 'leads', now }, compileDocument(smallDocument()));
    expect(await listed()).toEqual([
      { modelVersion: version, title: 'Small', storedAt: '2026-03-01T09:00:00.000Z' },
    ]);
  });

  it('announces nothing, and is in no index', async () => {
    await publishAt('2026-03-01T09:00:00.000Z');
    const { pk } = modelDirectoryKey(version);
    const item = changes.find(({ after }) => after?.pk?.S === pk)?.after ?? {};
    expect(item.sk?.S).toBe(version);
    const record = {
      eventName: 'INSERT',
      dynamodb: { Keys: { pk: item.pk, sk: item.sk }, NewImage: item },
    };
    for (const pattern of [announcingEntries, consumerItems, activations])
      expect(compileFilter(pattern)(record)).toBe(false);
    expect(leadAnnouncements(item, undefined)).toEqual([]);
    for (const { partitionKey } of [dueIndex, queueIndex, tierIndex])
      expect(item).not.toHaveProperty(partitionKey);
  });
});
