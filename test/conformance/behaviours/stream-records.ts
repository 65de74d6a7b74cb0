import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { StreamRecord } from '../../../infra/local/stream-record.ts';
import type { Database, StreamView } from '../backends/database.ts';
import { type DataBehaviour, from } from '../behaviour.ts';
import { buildKey, ifNew, item, put, transact } from './items.ts';
import { catchRefusal } from './refusals.ts';

const it = from<Database>('amazondynamodb/latest/developerguide/Streams.html');

interface Described {
  readonly StreamDescription: { readonly Shards: readonly { readonly ShardId: string }[] };
}

interface Position {
  readonly ShardIteratorType: string;
  readonly SequenceNumber?: string;
}

const fromStart: Position = { ShardIteratorType: 'TRIM_HORIZON' };

/** Returns the records of a table's stream, from a position on. */
const readStreamRecords = async (
  db: Database,
  table: string,
  position = fromStart,
): Promise<readonly StreamRecord[]> => {
  const { wire } = db;
  const described = await wire.call<{ Table: { LatestStreamArn: string } }>(
    'DynamoDB_20120810.DescribeTable',
    {
      TableName: table,
    },
  );
  const StreamArn = described.Table.LatestStreamArn;
  const { StreamDescription } = await wire.call<Described>('DynamoDBStreams_20120810.DescribeStream', {
    StreamArn,
  });
  const records: StreamRecord[] = [];
  for (const { ShardId } of StreamDescription.Shards) {
    const { ShardIterator } = await wire.call<{ ShardIterator: string }>(
      'DynamoDBStreams_20120810.GetShardIterator',
      { StreamArn, ShardId, ...position },
    );
    const { Records } = await wire.call<{ Records: readonly StreamRecord[] }>(
      'DynamoDBStreams_20120810.GetRecords',
      { ShardIterator },
    );
    records.push(...Records);
  }
  return records;
};

const remove = ({ client }: Database, TableName: string, pk: string) =>
  client.send(new DeleteItemCommand({ TableName, Key: buildKey(pk) }));

const images = ({ eventName, dynamodb: { Keys, NewImage, OldImage } }: StreamRecord) => ({
  eventName,
  Keys,
  ...(NewImage && { NewImage }),
  ...(OldImage && { OldImage }),
});

const inView = (view: StreamView, expected: readonly object[]): DataBehaviour =>
  it(`a stream of ${view} shows that of each write and the keys, and nothing else`, async (db) => {
    const table = await db.newTable(view);
    await put(db, table, item('a', 1));
    await put(db, table, item('a', 2));
    await remove(db, table, 'a');
    const Keys = buildKey('a');
    expect((await readStreamRecords(db, table)).map(images)).toEqual(
      expected.map((one) => ({ Keys, ...one })),
    );
  });

const [first, second] = [item('a', 1), item('a', 2)];

export const streamRecords: readonly DataBehaviour[] = [
  inView('NEW_AND_OLD_IMAGES', [
    { eventName: 'INSERT', NewImage: first },
    { eventName: 'MODIFY', NewImage: second, OldImage: first },
    { eventName: 'REMOVE', OldImage: second },
  ]),
  inView('NEW_IMAGE', [
    { eventName: 'INSERT', NewImage: first },
    { eventName: 'MODIFY', NewImage: second },
    { eventName: 'REMOVE' },
  ]),
  inView('OLD_IMAGE', [
    { eventName: 'INSERT' },
    { eventName: 'MODIFY', OldImage: first },
    { eventName: 'REMOVE', OldImage: second },
  ]),
  inView('KEYS_ONLY', [{ eventName: 'INSERT' }, { eventName: 'MODIFY' }, { eventName: 'REMOVE' }]),
  it('a write that changes nothing leaves no record', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1));
    await put(db, table, item('a', 1));
    const same = {
      UpdateExpression: 'SET version = :version',
      ExpressionAttributeValues: { ':version': { N: '1' } },
    };
    await db.client.send(new UpdateItemCommand({ TableName: table, Key: buildKey('a'), ...same }));
    await remove(db, table, 'b');
    expect((await readStreamRecords(db, table)).map(({ eventName }) => eventName)).toEqual(['INSERT']);
  }),
  it('the records of an item come in the order of its changes, with rising numbers', async (db) => {
    const table = await db.newTable();
    for (let version = 1; version <= 12; version += 1) await put(db, table, item('a', version));
    const records = await readStreamRecords(db, table);
    const versions = records.map(({ dynamodb }) => (dynamodb.NewImage as ReturnType<typeof item>).version?.N);
    expect(versions).toEqual(Array.from({ length: 12 }, (_, index) => `${index + 1}`));
    const numbers = records.map(({ dynamodb }) => BigInt(dynamodb.SequenceNumber));
    expect(numbers).toEqual(numbers.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(numbers).size).toBe(12);
  }),
  it('a transaction leaves a record for each item that it changes, and a refused one none', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1));
    await transact(db, [
      {
        ConditionCheck: { TableName: table, Key: buildKey('a'), ConditionExpression: 'attribute_exists(pk)' },
      },
      { Put: { TableName: table, Item: item('b', 1) } },
      { Put: { TableName: table, Item: item('c', 1) } },
    ]);
    await catchRefusal(
      transact(db, [
        { Put: { TableName: table, Item: item('d', 1) } },
        { Put: { TableName: table, Item: item('a', 2), ...ifNew } },
      ]),
    );
    const keys = (await readStreamRecords(db, table)).map(
      ({ dynamodb }) => (dynamodb.Keys as ReturnType<typeof buildKey>).pk?.S,
    );
    expect(keys.toSorted()).toEqual(['a', 'b', 'c']);
  }),
  it('a record tells its kind, its time in seconds and its size', async (db) => {
    const table = await db.newTable();
    const before = Math.floor(Date.now() / 1_000);
    await put(db, table, item('a', 1));
    const [record] = await readStreamRecords(db, table);
    expect(record).toMatchObject({
      eventID: expect.any(String),
      eventSource: 'aws:dynamodb',
      eventVersion: expect.stringMatching(/^1\.\d$/),
      dynamodb: { StreamViewType: 'NEW_AND_OLD_IMAGES', SizeBytes: expect.any(Number) },
    });
    expect(record?.dynamodb.ApproximateCreationDateTime).toBeGreaterThanOrEqual(before);
    expect(record?.dynamodb.ApproximateCreationDateTime).toBeLessThan(before + 600);
  }),
  it('reading goes on behind a record by its number', async (db) => {
    const table = await db.newTable();
    for (const pk of ['a', 'b', 'c']) await put(db, table, item(pk, 1));
    const [one, ...rest] = await readStreamRecords(db, table);
    const SequenceNumber = one?.dynamodb.SequenceNumber ?? '';
    const later = await readStreamRecords(db, table, {
      ShardIteratorType: 'AFTER_SEQUENCE_NUMBER',
      SequenceNumber,
    });
    expect(later.map(({ dynamodb }) => dynamodb.Keys)).toEqual(rest.map(({ dynamodb }) => dynamodb.Keys));
  }),
];
