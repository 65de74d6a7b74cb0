import { randomUUID } from 'node:crypto';
import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Database } from '../backends/database.ts';
import { type DataBehaviour, from } from '../behaviour.ts';
import { buildKey, get, ifNew, ifVersion, item, put, transact } from './items.ts';
import { catchRefusal } from './refusals.ts';

const it = from<Database>('amazondynamodb/latest/developerguide/transaction-apis.html');

export const transactions: readonly DataBehaviour[] = [
  it('a transaction writes all of its items', async (db) => {
    const [table, other] = [await db.newTable(), await db.newTable()];
    await transact(db, [
      { Put: { TableName: table, Item: item('a', 1), ...ifNew } },
      { Put: { TableName: other, Item: item('b', 1), ...ifNew } },
    ]);
    expect(await get(db, table, buildKey('a'))).toEqual(item('a', 1));
    expect(await get(db, other, buildKey('b'))).toEqual(item('b', 1));
  }),
  it('a transaction with one refused condition writes nothing, and gives a reason for each item by its index', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('b', 1));
    await put(db, table, item('d', 7));
    const refusal = await catchRefusal(
      transact(db, [
        { Put: { TableName: table, Item: item('a', 1), ...ifNew } },
        { Put: { TableName: table, Item: item('b', 2), ...ifNew } },
        { Put: { TableName: table, Item: item('c', 1) } },
        { Put: { TableName: table, Item: item('d', 8), ...ifVersion(6) } },
      ]),
    );
    expect(refusal.name).toBe('TransactionCanceledException');
    expect(refusal.CancellationReasons?.map(({ Code }) => Code)).toEqual([
      'None',
      'ConditionalCheckFailed',
      'None',
      'ConditionalCheckFailed',
    ]);
    for (const pk of ['a', 'c']) expect(await get(db, table, buildKey(pk))).toBeUndefined();
    expect(await get(db, table, buildKey('d'))).toEqual(item('d', 7));
  }),
  it('a reason tells the item that was there, when it is asked to', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 5));
    const refusal = await catchRefusal(
      transact(db, [
        {
          Put: {
            TableName: table,
            Item: item('a', 6),
            ...ifVersion(4),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ]),
    );
    expect(refusal.CancellationReasons?.[0]?.Item).toEqual(item('a', 5));
  }),
  it('a condition check refuses the transaction and writes nothing itself', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1));
    const write = (version: number) =>
      transact(db, [
        { ConditionCheck: { TableName: table, Key: buildKey('a'), ...ifVersion(version) } },
        { Put: { TableName: table, Item: item('b', version) } },
      ]);
    await write(1);
    const refusal = await catchRefusal(write(2));
    expect(refusal.CancellationReasons?.map(({ Code }) => Code)).toEqual(['ConditionalCheckFailed', 'None']);
    expect(await get(db, table, buildKey('b'))).toEqual(item('b', 1));
    expect(await get(db, table, buildKey('a'))).toEqual(item('a', 1));
  }),
  it('updates and deletes stand beside puts in one transaction', async (db) => {
    const table = await db.newTable();
    for (const pk of ['a', 'b']) await put(db, table, item(pk, 1));
    const update = {
      UpdateExpression: 'SET version = version + :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    };
    await transact(db, [
      { Update: { TableName: table, Key: buildKey('a'), ...update } },
      { Delete: { TableName: table, Key: buildKey('b'), ConditionExpression: 'attribute_exists(pk)' } },
    ]);
    expect(await get(db, table, buildKey('a'))).toEqual(item('a', 2));
    expect(await get(db, table, buildKey('b'))).toBeUndefined();
  }),
  it('a transaction that names an item twice is refused as a whole', async (db) => {
    const table = await db.newTable();
    const refusal = await catchRefusal(
      transact(db, [
        { Put: { TableName: table, Item: item('a', 1) } },
        { Put: { TableName: table, Item: item('a', 2) } },
      ]),
    );
    expect(refusal.name).toBe('ValidationException');
    expect(await get(db, table, buildKey('a'))).toBeUndefined();
  }),
  it('a transaction takes 100 items and no more', async (db) => {
    const table = await db.newTable();
    const puts = Array.from({ length: 101 }, (_, index) => ({
      Put: { TableName: table, Item: item(`${index}`, 1) },
    }));
    expect((await catchRefusal(transact(db, puts))).name).toBe('ValidationException');
    await transact(db, puts.slice(0, 100));
    expect(await get(db, table, buildKey('99'))).toEqual(item('99', 1));
  }),
  it('a transaction sent again with its token happens once', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1));
    const ClientRequestToken = randomUUID();
    const add = (amount: number) =>
      db.client.send(
        new TransactWriteItemsCommand({
          ClientRequestToken,
          TransactItems: [
            {
              Update: {
                TableName: table,
                Key: buildKey('a'),
                UpdateExpression: 'ADD version :amount',
                ExpressionAttributeValues: { ':amount': { N: `${amount}` } },
              },
            },
          ],
        }),
      );
    await add(1);
    await add(1);
    expect(await get(db, table, buildKey('a'))).toEqual(item('a', 2));
    expect((await catchRefusal(add(2))).name).toBe('IdempotentParameterMismatchException');
  }),
  it('a write costs one unit a kilobyte, again in each index that it reaches, and in a transaction two', async (db) => {
    const table = await db.newTable();
    const units = async (Item: ReturnType<typeof item>) => {
      const { ConsumedCapacity } = await put(db, table, Item, { ReturnConsumedCapacity: 'TOTAL' });
      return ConsumedCapacity?.CapacityUnits;
    };
    expect(await units(item('a', 1))).toBe(1);
    expect(await units(item('b', 1, { text: { S: 'x'.repeat(1_500) } }))).toBe(2);
    expect(await units(item('c', 1, { tier: { S: 'good' } }))).toBe(2);
    const { ConsumedCapacity } = await db.client.send(
      new TransactWriteItemsCommand({
        ReturnConsumedCapacity: 'TOTAL',
        TransactItems: [
          { Put: { TableName: table, Item: item('d', 1) } },
          { Put: { TableName: table, Item: item('e', 1) } },
        ],
      }),
    );
    expect(ConsumedCapacity?.[0]?.CapacityUnits).toBe(4);
  }),
];
