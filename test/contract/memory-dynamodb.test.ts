import {
  BatchGetItemCommand,
  type CancellationReason,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../shared/dynamodb/index.ts';
import { createDynamoDbLedger } from '../../shared/ledger/index.ts';
import { createNamedRandom, type Random } from '../simulation/random.ts';
import { type DynamoDb, startDynamoDb, startMemoryDynamoDb } from '../support/engine.ts';
import { memoryClient } from '../support/memory-dynamodb.ts';
import { seed } from '../support/seed.ts';
import { createMemoryWorld } from '../support/world.ts';
import { ledgerContract } from './ledger.contract.ts';

/** The engine with which the DynamoDB in memory is compared, command by command: the simulation relies on it. */
let dynamoDb: DynamoDb;
/** The one in memory behind DynamoDB's protocol, as the local runtime starts it where there is no binary. */
let served: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  served = await startMemoryDynamoDb(dynamoDb);
});
afterAll(() => Promise.all([dynamoDb?.stop(), served?.stop()]));

const byTier = { name: 'by-tier', partition: 'tierKey', sort: 'pk' };
const inMemory = (): DynamoDBClient => memoryClient({ tables: { [dynamoDb.leads]: [byTier] } });
const ways = [
  { way: 'in this process', open: inMemory },
  { way: 'behind its protocol', open: () => served.client },
];

ledgerContract('in a DynamoDB in memory', async () => createMemoryWorld().ledger);
ledgerContract('in a DynamoDB in memory, behind its protocol', async () =>
  createDynamoDbLedger({ client: served.client, table: served.leads }),
);

const commands = 1_500;

const S = (value: string) => ({ S: value });
const N = (value: number) => ({ N: String(value) });

const drawKey = (random: Random, prefix: string) => ({
  pk: S(`${prefix}-${random.pick(['a', 'b'])}`),
  sk: S(random.pick(['STATE', 'EVENT#1', 'EVENT#2', 'HANDOFF#x', 'HANDOFF#y'])),
});

const drawItem = (random: Random, prefix: string): Item => ({
  ...drawKey(random, prefix),
  version: N(random.between(1, 3)),
  ...(random.chance(0.5) && { status: S(random.pick(['open', 'answered'])) }),
  ...(random.chance(0.3) && { tierKey: S(random.pick([`${prefix}-good`, `${prefix}-risky`])) }),
  ...(random.chance(0.3) && { bytes: { B: Buffer.from([random.between(0, 255), 1]) } }),
  ...(random.chance(0.2) && { flag: { BOOL: random.chance(0.5) } }),
});

/** Draws a condition like those that this project writes, with its placeholders. */
const conditions = (random: Random) => {
  const version = N(random.between(1, 3));
  return random.pick([
    {},
    { ConditionExpression: 'attribute_not_exists(pk)' },
    { ConditionExpression: 'attribute_exists(pk)' },
    { ConditionExpression: 'attribute_exists(#s)', ExpressionAttributeNames: { '#s': 'status' } },
    {
      ConditionExpression: '#v = :v',
      ExpressionAttributeNames: { '#v': 'version' },
      ExpressionAttributeValues: { ':v': version },
    },
    {
      ConditionExpression: '(attribute_not_exists(#v) OR #v < :v) AND NOT attribute_exists(#s)',
      ExpressionAttributeNames: { '#v': 'version', '#s': 'status' },
      ExpressionAttributeValues: { ':v': version },
    },
    {
      ConditionExpression: '#v BETWEEN :v AND :w OR #s IN (:s, :t)',
      ExpressionAttributeNames: { '#v': 'version', '#s': 'status' },
      ExpressionAttributeValues: { ':v': version, ':w': N(3), ':s': S('open'), ':t': S('closed') },
    },
    {
      ConditionExpression: 'begins_with(#s, :s) AND #v >= :v',
      ExpressionAttributeNames: { '#v': 'version', '#s': 'status' },
      ExpressionAttributeValues: { ':v': version, ':s': S('op') },
    },
    {
      ConditionExpression: '#s = :s OR size(#s) > :n',
      ExpressionAttributeNames: { '#s': 'status' },
      ExpressionAttributeValues: { ':s': S('open'), ':n': N(5) },
    },
  ]) as {
    ConditionExpression?: string;
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Item;
  };
};

const updates = (random: Random) =>
  random.pick([
    { UpdateExpression: 'SET note = :note', values: { ':note': S('new') } },
    {
      UpdateExpression: 'SET note = :note, times = if_not_exists(times, :zero) + :one',
      values: { ':note': S('n'), ':zero': N(0), ':one': N(1) },
    },
    { UpdateExpression: 'ADD times :one', values: { ':one': N(1) } },
    { UpdateExpression: 'SET note = :note REMOVE tierKey, bytes', values: { ':note': S('gone') } },
    { UpdateExpression: 'REMOVE note', values: {} },
    {
      UpdateExpression: 'SET tierKey = if_not_exists(tierKey, :tier) ADD times :one',
      values: { ':tier': S('t'), ':one': N(2) },
    },
  ]);

const drawUpdate = (random: Random, TableName: string, prefix: string) => {
  const { UpdateExpression, values } = updates(random);
  const { ExpressionAttributeValues = {}, ...condition } = conditions(random);
  const all: Item = { ...values, ...ExpressionAttributeValues };
  return {
    TableName,
    Key: drawKey(random, prefix),
    UpdateExpression,
    ...condition,
    ...(Object.keys(all).length > 0 && { ExpressionAttributeValues: all }),
  };
};

const returning = (random: Random) =>
  random.chance(0.5) ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } : {};

const drawPart = (random: Random, TableName: string, prefix: string): TransactWriteItem => {
  const Key = drawKey(random, prefix);
  return random.pick<() => TransactWriteItem>([
    () => ({
      Put: { TableName, Item: drawItem(random, prefix), ...conditions(random), ...returning(random) },
    }),
    () => ({ Update: { ...drawUpdate(random, TableName, prefix), ...returning(random) } }),
    () => ({ Delete: { TableName, Key, ...conditions(random) } }),
    () => ({
      ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_exists(pk)', ...returning(random) },
    }),
  ])();
};

/** Draws a command like one of those that the project sends. */
const drawCommand = (random: Random, TableName: string, prefix: string) =>
  random.pick([
    () =>
      new PutItemCommand({
        TableName,
        Item: drawItem(random, prefix),
        ...conditions(random),
        ReturnValues: 'ALL_OLD',
      }),
    () =>
      new UpdateItemCommand({
        ...drawUpdate(random, TableName, prefix),
        ReturnValues: random.pick(['ALL_NEW', 'NONE']),
      }),
    () => new DeleteItemCommand({ TableName, Key: drawKey(random, prefix), ...conditions(random) }),
    () =>
      new TransactWriteItemsCommand({
        TransactItems: Array.from({ length: random.between(1, 4) }, () =>
          drawPart(random, TableName, prefix),
        ),
      }),
    () =>
      new GetItemCommand({
        TableName,
        Key: drawKey(random, prefix),
        ConsistentRead: true,
        ProjectionExpression: 'pk, version',
      }),
    () =>
      new BatchGetItemCommand({
        RequestItems: {
          [TableName]: { Keys: [drawKey(random, prefix), drawKey(random, prefix)], ConsistentRead: true },
        },
      }),
    () =>
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: random.pick(['pk = :pk AND begins_with(sk, :sk)', 'pk = :pk AND sk >= :sk']),
        ExpressionAttributeValues: { ':pk': drawKey(random, prefix).pk, ':sk': S('EVENT#') },
        ScanIndexForward: random.chance(0.5),
        ...(random.chance(0.5) && { Limit: random.between(1, 3) }),
      }),
    () =>
      new QueryCommand({
        TableName,
        IndexName: 'by-tier',
        KeyConditionExpression: 'tierKey = :tier',
        ExpressionAttributeValues: { ':tier': S(`${prefix}-good`) },
      }),
  ])();

/** Returns a value with bytes as text, since clients return bytes in different classes. */
const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([name, inner]) => [name, plain(inner)]));
};

interface Failed {
  readonly name: string;
  readonly Item?: Item;
  readonly CancellationReasons?: readonly CancellationReason[];
}

interface Answered {
  readonly Items?: readonly Item[];
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
}

const sorted = (items: readonly Item[] = []): Item[] =>
  items.toSorted((a, b) => (`${a.pk?.S} ${a.sk?.S}` < `${b.pk?.S} ${b.sk?.S}` ? -1 : 1));

/** Returns the part of an answer or error that the code depends on. */
const sendCommand = async (
  client: DynamoDBClient,
  command: ReturnType<typeof drawCommand>,
): Promise<unknown> => {
  try {
    const { $metadata: _metadata, ...answer } = (await client.send(command as never)) as {
      $metadata?: object;
    } & Answered;
    // The items of a batch may come in any order.
    const { Responses } = answer;
    const found = Responses && Object.values(Responses).flatMap(sorted);
    return plain({ ...answer, ...(found !== undefined && { Responses: found }) });
  } catch (error) {
    const { name, CancellationReasons = [], Item: item } = error as Failed;
    return plain({
      name,
      item,
      reasons: CancellationReasons.map(({ Code, Item: inner }) => ({ Code, inner })),
    });
  }
};

const readItems = async (client: DynamoDBClient, prefix: string): Promise<unknown> => {
  const { Items = [] } = await client.send(
    new ScanCommand({ TableName: dynamoDb.leads, ConsistentRead: true }),
  );
  return plain(sorted(Items.filter(({ pk }) => pk?.S?.startsWith(`${prefix}-`))));
};

describe.each(ways)('the DynamoDB in memory, $way', ({ way, open }) => {
  it(`answers ${commands} random commands as the engine does (SEED=${seed})`, {
    timeout: 120_000,
  }, async () => {
    const random = createNamedRandom(seed, 'commands');
    const memory = open();
    const prefix = `conform-${way.replaceAll(' ', '-')}`;
    for (let i = 0; i < commands; i++) {
      const command = drawCommand(random, dynamoDb.leads, prefix);
      const [expected, given] = [
        await sendCommand(dynamoDb.client, command),
        await sendCommand(memory, command),
      ];
      expect(given, `${command.constructor.name} ${JSON.stringify(command.input)}`).toEqual(expected);
    }
    expect(await readItems(memory, prefix)).toEqual(await readItems(dynamoDb.client, prefix));
  });

  it('ends a page of an index with a key that has the key of the index too', async () => {
    const tierKey = { S: `paged-${way}` };
    const ends = [];
    for (const client of [dynamoDb.client, open()]) {
      for (const pk of ['paged-1', 'paged-2'])
        await client.send(
          new PutItemCommand({ TableName: dynamoDb.leads, Item: { pk: { S: pk }, sk: { S: way }, tierKey } }),
        );
      const { LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: dynamoDb.leads,
          IndexName: 'by-tier',
          KeyConditionExpression: 'tierKey = :tier',
          ExpressionAttributeValues: { ':tier': tierKey },
          Limit: 1,
        }),
      );
      ends.push(LastEvaluatedKey);
    }
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[1]).toEqual({ pk: { S: 'paged-1' }, sk: { S: way }, tierKey });
  });

  it('refuses what it does not model', async () => {
    const send = (input: object) =>
      open().send(
        new UpdateItemCommand({ TableName: dynamoDb.leads, Key: { pk: S('a'), sk: S('b') }, ...input }),
      );
    await expect(
      send({ UpdateExpression: 'SET a.b = :v', ExpressionAttributeValues: { ':v': N(1) } }),
    ).rejects.toThrow('does not model');
    await expect(
      send({ UpdateExpression: 'SET a = list_append(a, :v)', ExpressionAttributeValues: { ':v': N(1) } }),
    ).rejects.toThrow();
  });

  it('refuses placeholders that are not used, as DynamoDB does', async () => {
    const command = new UpdateItemCommand({
      TableName: dynamoDb.leads,
      Key: { pk: S('unused-a'), sk: S('b') },
      UpdateExpression: 'SET a = :v',
      ExpressionAttributeValues: { ':v': N(1), ':w': N(2) },
    });
    for (const client of [dynamoDb.client, open()]) {
      await expect(client.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
    }
  });

  it('writes nothing of a transaction of which one item is too large, or has an empty key of an index', async () => {
    const put = (pk: string, given: Item) => ({
      Put: { TableName: dynamoDb.leads, Item: { pk: S(pk), sk: S(way), ...given } },
    });
    const bad = [{ text: S('x'.repeat(500_000)) }, { tierKey: S('') }];
    for (const client of [dynamoDb.client, open()]) {
      for (const [index, given] of bad.entries()) {
        const pk = `atomic-${index}`;
        const command = new TransactWriteItemsCommand({
          TransactItems: [put(pk, {}), put(`${pk}-bad`, given)],
        });
        await expect(client.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
        const Key = { pk: S(pk), sk: S(way) };
        const { Item: found } = await client.send(new GetItemCommand({ TableName: dynamoDb.leads, Key }));
        expect(found).toBeUndefined();
      }
    }
  });
});
