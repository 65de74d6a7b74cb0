import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Database } from '../backends/database.ts';
import { type DataBehaviour, from } from '../behaviour.ts';
import { buildKey, get, ifNew, ifVersion, item, put } from './items.ts';
import { catchRefusal } from './refusals.ts';

const it = from<Database>('amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html');

export const conditionalWrites: readonly DataBehaviour[] = [
  it('a put on the condition that nothing is there is refused where something is, and changes nothing', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1), ifNew);
    const refusal = await catchRefusal(put(db, table, item('a', 2), ifNew));
    expect(refusal.name).toBe('ConditionalCheckFailedException');
    expect(await get(db, table, buildKey('a'))).toEqual(item('a', 1));
  }),
  it('a write on the condition of a version is refused when another one came first', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1));
    await put(db, table, item('a', 2), ifVersion(1));
    expect((await catchRefusal(put(db, table, item('a', 3), ifVersion(1)))).name).toBe(
      'ConditionalCheckFailedException',
    );
    expect(await get(db, table, buildKey('a'))).toEqual(item('a', 2));
  }),
  it('numbers are compared and kept by their value, with 38 digits', async (db) => {
    const table = await db.newTable();
    await put(db, table, { ...buildKey('a'), version: { N: '1.0' } });
    await put(
      db,
      table,
      { ...buildKey('a'), version: { N: '12345678901234567890123456789012345678' } },
      ifVersion(1),
    );
    expect((await get(db, table, buildKey('a')))?.version).toEqual({
      N: '12345678901234567890123456789012345678',
    });
  }),
  it('a refused write gives the item that was there, when it is asked to', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1));
    const more = { ...ifNew, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
    expect((await catchRefusal(put(db, table, item('a', 2), more))).Item).toEqual(item('a', 1));
  }),
  it('a refused update makes no item', async (db) => {
    const table = await db.newTable();
    const update = new UpdateItemCommand({
      TableName: table,
      Key: buildKey('a'),
      UpdateExpression: 'SET version = :version',
      ...ifVersion(1),
    });
    expect((await catchRefusal(db.client.send(update))).name).toBe('ConditionalCheckFailedException');
    expect(await get(db, table, buildKey('a'))).toBeUndefined();
  }),
  it('a delete on a condition keeps what does not meet it, and one without deletes nothing without a word', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1));
    const remove = (pk: string, more = {}) =>
      db.client.send(new DeleteItemCommand({ TableName: table, Key: buildKey(pk), ...more }));
    expect((await catchRefusal(remove('a', ifVersion(2)))).name).toBe('ConditionalCheckFailedException');
    expect(await get(db, table, buildKey('a'))).toEqual(item('a', 1));
    await remove('b');
  }),
  it('a condition may combine functions of paths, names and values', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1, { tags: { L: [{ S: 'x' }] }, name: { S: 'Ann' } }));
    await put(db, table, item('a', 2), {
      ConditionExpression:
        'attribute_exists(pk) AND NOT contains(#name, :no) AND begins_with(#name, :start) AND size(tags) = :one ' +
        'AND version BETWEEN :one AND :two AND #name IN (:no, :ann)',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: {
        ':no': { S: 'z' },
        ':start': { S: 'A' },
        ':one': { N: '1' },
        ':two': { N: '2' },
        ':ann': { S: 'Ann' },
      },
    });
    expect(await get(db, table, buildKey('a'))).toEqual(item('a', 2));
  }),
];
