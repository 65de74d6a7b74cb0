import { describe, expect, it, vi } from 'vitest';
import { createMemoryEngine } from '../../../infra/local/engine/memory/memory-engine.ts';
import { oncePerToken } from '../../../infra/local/engine/memory/request-tokens.ts';
import { TableStream } from '../../../infra/local/engine/memory/stream.ts';

const hourMs = 3_600_000;

interface Records {
  readonly Records: readonly { readonly eventName: string; readonly dynamodb: { readonly Keys: object } }[];
  readonly NextShardIterator: string;
}

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const keys = [
  { AttributeName: 'pk', KeyType: 'HASH' },
  { AttributeName: 'sk', KeyType: 'RANGE' },
];
const table = {
  TableName: 'leads',
  AttributeDefinitions: [text('pk'), text('sk')],
  KeySchema: keys,
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

const open = () => {
  const answer = createMemoryEngine();
  const call = <Result = Record<string, unknown>>(operation: string, input: object) => {
    const service = /Stream|Shard|Records/.test(operation) ? 'DynamoDBStreams' : 'DynamoDB';
    const { status, body } = answer(`${service}_20120810.${operation}`, JSON.stringify(input));
    return { status, body: JSON.parse(body.toString()) as Result };
  };
  return { answer, call };
};

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'STATE' } });

describe('the engine in memory', () => {
  it('returns bytes as they came, and as they are in its stream', () => {
    const { call } = open();
    const { body } = call<{ TableDescription: { LatestStreamArn: string } }>('CreateTable', table);
    const Item = { ...key('a'), B: { B: 'AQID' }, list: { L: [{ B: 'BAU=' }] }, BS: { BS: ['Bg=='] } };
    expect(call('PutItem', { TableName: 'leads', Item }).status).toBe(200);
    expect(call('GetItem', { TableName: 'leads', Key: key('a') }).body).toEqual({ Item });
    const StreamArn = body.TableDescription.LatestStreamArn;
    const { StreamDescription } = call<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
      'DescribeStream',
      { StreamArn },
    ).body;
    const { ShardIterator } = call('GetShardIterator', {
      StreamArn,
      ShardId: StreamDescription.Shards[0]?.ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    }).body;
    const first = call<Records>('GetRecords', { ShardIterator }).body;
    expect(first.Records).toMatchObject([
      { eventName: 'INSERT', dynamodb: { Keys: key('a'), NewImage: Item } },
    ]);
    call('DeleteItem', { TableName: 'leads', Key: key('a') });
    const second = call<Records>('GetRecords', { ShardIterator: first.NextShardIterator }).body;
    expect(second.Records.map(({ eventName }) => eventName)).toEqual(['REMOVE']);
  });

  it('lists, describes and removes its tables, and refuses one of the same name', () => {
    const { call } = open();
    call('CreateTable', table);
    expect(call('ListTables', {}).body).toEqual({ TableNames: ['leads'] });
    expect(call('CreateTable', table)).toMatchObject({
      status: 400,
      body: { __type: expect.stringContaining('#ResourceInUseException') },
    });
    call('PutItem', { TableName: 'leads', Item: key('a') });
    expect(call('DescribeTable', { TableName: 'leads' }).body).toMatchObject({
      Table: { TableStatus: 'ACTIVE', ItemCount: 1, KeySchema: keys },
    });
    call('DeleteTable', { TableName: 'leads' });
    expect(call('DescribeTable', { TableName: 'leads' }).body).toMatchObject({
      __type: expect.stringContaining('#ResourceNotFoundException'),
    });
  });

  it.each([
    { what: 'other keys', given: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] } },
    {
      what: 'keys that are numbers',
      given: { AttributeDefinitions: [{ ...text('pk'), AttributeType: 'N' }] },
    },
    {
      what: 'an index of more than keys',
      given: {
        GlobalSecondaryIndexes: [
          { IndexName: 'all', KeySchema: keys, Projection: { ProjectionType: 'ALL' } },
        ],
      },
    },
  ])('refuses a table with $what rather than answer as if it had it', ({ given }) => {
    const { status, body } = open().call('CreateTable', { ...table, ...given });
    expect([status, body.message]).toEqual([
      400,
      expect.stringMatching(/^the DynamoDB in memory does not model /),
    ]);
  });

  it('refuses an operation that it does not have, and a body that is not JSON', () => {
    const { answer, call } = open();
    expect(call('RestoreTableFromBackup', {})).toMatchObject({
      status: 400,
      body: { message: 'the DynamoDB in memory does not model the operation RestoreTableFromBackup' },
    });
    expect(answer('DynamoDB_20120810.ListTables', '{"a"').status).toBe(400);
    expect(answer('DynamoDB_20120810.PutItem', '{"TableName":"leads","Item":null}').status).toBe(400);
  });
});

describe('a stream in memory', () => {
  const fill = (stream: TableStream, count: number): void => {
    for (let i = 0; i < count; i++) {
      stream.add({ table: 'leads', key: { pk: `p${i}`, sk: 's' }, after: key(`p${i}`) });
    }
  };

  it('is read in pages, and forgets a record after a day', () => {
    let now = 0;
    const stream = new TableStream('leads', 'NEW_IMAGE', () => now);
    fill(stream, 5);
    const page = stream.read(1, 3);
    expect([page.records.length, page.next]).toEqual([3, 4]);
    expect(stream.read(page.next).records).toHaveLength(2);
    expect(stream.read(6)).toEqual({ records: [], next: 6 });
    now = 25 * hourMs;
    fill(stream, 1);
    expect(stream.read(1)).toMatchObject({
      records: [{ dynamodb: { SequenceNumber: '000000000000000000006' } }],
      next: 7,
    });
  });
});

describe('a token of a transaction', () => {
  it('stands for one request for ten minutes, and a refused request does not use it up', () => {
    let now = 0;
    const run = vi.fn((_input: never) => ({ done: run.mock.calls.length }));
    const transact = oncePerToken(run, () => now);
    const request = { ClientRequestToken: 'a', TransactItems: [1] };
    expect(transact(request)).toEqual({ done: 1 });
    expect(transact({ ...request })).toEqual({ done: 1 });
    expect(() => transact({ ClientRequestToken: 'a' })).toThrow('belongs to another request');
    now = 11 * 60_000;
    expect(transact(request)).toEqual({ done: 2 });
    run.mockImplementationOnce(() => {
      throw new Error('refused');
    });
    expect(() => transact({ ClientRequestToken: 'b' })).toThrow('refused');
    expect(transact({ ClientRequestToken: 'b' })).toEqual({ done: 4 });
  });
});
