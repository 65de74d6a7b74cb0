import {
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Database } from '../backends/database.ts';
import { type DataBehaviour, from } from '../behaviour.ts';
import { buildKey, get, type Item, item, put } from './items.ts';
import { catchRefusal } from './refusals.ts';

const query = from<Database>('amazondynamodb/latest/developerguide/Query.html');
const scan = from<Database>('amazondynamodb/latest/developerguide/Scan.html');
const index = from<Database>('amazondynamodb/latest/developerguide/bp-indexes-general-sparse-indexes.html');
const update = from<Database>('amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html');
const limits = from<Database>('amazondynamodb/latest/developerguide/Constraints.html');

const entries = async (db: Database, sorts: readonly string[]): Promise<string> => {
  const table = await db.newTable();
  for (const sk of sorts) await put(db, table, { ...buildKey('a', sk), text: { S: sk } });
  return table;
};

const queried = (db: Database, TableName: string, more: Partial<QueryCommandInput> = {}) =>
  db.client.send(
    new QueryCommand({
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ...more,
      ExpressionAttributeValues: { ':pk': { S: 'a' }, ...more.ExpressionAttributeValues },
    }),
  );
const listSorts = (items: readonly Item[] | undefined) => items?.map(({ sk }) => sk?.S);

export const reads: readonly DataBehaviour[] = [
  query('a query gives items in the order of their sort key, by its bytes, or turned round', async (db) => {
    const table = await entries(db, ['b', 'EVENT#2', 'a', 'EVENT#10', 'é', 'Z']);
    const sorted = ['EVENT#10', 'EVENT#2', 'Z', 'a', 'b', 'é'];
    expect(listSorts((await queried(db, table)).Items)).toEqual(sorted);
    expect(listSorts((await queried(db, table, { ScanIndexForward: false })).Items)).toEqual(
      sorted.toReversed(),
    );
  }),
  query('a query takes a part of the sort keys: a beginning, or between two', async (db) => {
    const table = await entries(db, ['EVENT#1', 'EVENT#2', 'EVENT#3', 'STATE']);
    const events = {
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :start)',
      ExpressionAttributeValues: { ':start': { S: 'EVENT#' } },
    };
    expect(listSorts((await queried(db, table, events)).Items)).toEqual(['EVENT#1', 'EVENT#2', 'EVENT#3']);
    const between = {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':from': { S: 'EVENT#2' }, ':to': { S: 'EVENT#3' } },
    };
    expect(listSorts((await queried(db, table, between)).Items)).toEqual(['EVENT#2', 'EVENT#3']);
  }),
  query('a limited query goes on behind its last key, and counts what a filter leaves out', async (db) => {
    const table = await entries(db, ['1', '2', '3', '4', '5']);
    const filter = {
      Limit: 2,
      FilterExpression: 'NOT #text IN (:two, :three, :four)',
      ExpressionAttributeNames: { '#text': 'text' },
      ExpressionAttributeValues: { ':two': { S: '2' }, ':three': { S: '3' }, ':four': { S: '4' } },
    };
    const pages: unknown[] = [];
    let after: Item | undefined;
    do {
      const page = await queried(db, table, { ...filter, ...(after && { ExclusiveStartKey: after }) });
      pages.push([listSorts(page.Items), page.ScannedCount]);
      after = page.LastEvaluatedKey;
    } while (after !== undefined);
    expect(pages).toEqual([
      [['1'], 2],
      [[], 2],
      [['5'], 1],
    ]);
  }),
  scan(
    'the segments of a scan have each item once, page by page, also behind a key that ended no page',
    async (db) => {
      const table = await db.newTable();
      const leads = Array.from({ length: 12 }, (_, i) => `lead-${i}`);
      for (const lead of leads) {
        await put(db, table, { ...buildKey(lead, 'STATE'), model: { S: 'm@1' } });
        await put(db, table, { ...buildKey(lead, 'EVENT#1') });
      }
      const read = async (Segment: number, Limit: number, after?: Item): Promise<Item[]> => {
        const { Items = [], LastEvaluatedKey } = await db.client.send(
          new ScanCommand({
            TableName: table,
            ConsistentRead: true,
            Segment,
            TotalSegments: 3,
            Limit,
            FilterExpression: 'sk = :state',
            ExpressionAttributeValues: { ':state': { S: 'STATE' } },
            ...(after && { ExclusiveStartKey: after }),
          }),
        );
        return LastEvaluatedKey === undefined
          ? Items
          : [...Items, ...(await read(Segment, Limit, LastEvaluatedKey))];
      };
      const segments = await Promise.all([0, 1, 2].map((segment) => read(segment, 3)));
      const found = segments.flat().map(({ pk }) => pk?.S);
      expect(found.toSorted()).toEqual(leads.toSorted());
      for (const [segment, all] of segments.entries())
        for (const [i, { pk, sk }] of all.entries()) {
          const behind = await read(segment, 100, { pk: pk ?? { S: '' }, sk: sk ?? { S: '' } });
          expect(behind).toEqual(all.slice(i + 1));
        }
    },
  ),
  index('an index holds only items that have its key, and only what it projects', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1, { tier: { S: 'good' }, secret: { S: 'x' } }));
    await put(db, table, item('b', 1));
    const inIndex = () =>
      db.client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'by-tier',
          KeyConditionExpression: 'tier = :tier',
          ExpressionAttributeValues: { ':tier': { S: 'good' } },
        }),
      );
    expect((await inIndex()).Items).toEqual([{ ...buildKey('a'), tier: { S: 'good' } }]);
    await put(db, table, item('a', 2));
    expect((await inIndex()).Items).toEqual([]);
  }),
  update('an update sets, adds, removes and appends at once, from what was there before', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1, { formerName: { S: 'x' }, list: { L: [{ N: '1' }] } }));
    const { Attributes } = await db.client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: buildKey('a'),
        UpdateExpression:
          'SET earlierVersion = version, firstSeen = if_not_exists(firstSeen, :one), #list = list_append(#list, :more) ' +
          'REMOVE formerName ADD version :one, tags :tags',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: {
          ':one': { N: '1' },
          ':more': { L: [{ N: '2' }] },
          ':tags': { SS: ['x'] },
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    expect(Attributes).toEqual(
      item('a', 2, {
        earlierVersion: { N: '1' },
        firstSeen: { N: '1' },
        list: { L: [{ N: '1' }, { N: '2' }] },
        tags: { SS: ['x'] },
      }),
    );
  }),
  update('an update that names a path twice is refused', async (db) => {
    const table = await db.newTable();
    const twice = new UpdateItemCommand({
      TableName: table,
      Key: buildKey('a'),
      UpdateExpression: 'SET version = :one REMOVE version',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
    expect((await catchRefusal(db.client.send(twice))).name).toBe('ValidationException');
  }),
  from<Database>('amazondynamodb/latest/developerguide/ReservedWords.html')(
    'an expression may not use a reserved word as a name, as nobody would see before the deployment',
    async (db) => {
      const table = await db.newTable();
      for (const word of ['name', 'Status', 'TTL']) {
        const condition = { ConditionExpression: `attribute_not_exists(${word})` };
        expect((await catchRefusal(put(db, table, item('a', 1), condition))).name).toBe(
          'ValidationException',
        );
      }
    },
  ),
  limits('an item of more than 400 KB is refused', async (db) => {
    const table = await db.newTable();
    const long = (length: number) => ({ ...buildKey('a'), text: { S: 'x'.repeat(length) } });
    expect((await catchRefusal(put(db, table, long(409_600)))).name).toBe('ValidationException');
    await put(db, table, long(409_000));
  }),
  limits('a text may be empty, a key may not', async (db) => {
    const table = await db.newTable();
    await put(db, table, item('a', 1, { text: { S: '' } }));
    expect((await get(db, table, buildKey('a')))?.text).toEqual({ S: '' });
    expect((await catchRefusal(put(db, table, item('', 1)))).name).toBe('ValidationException');
    expect((await catchRefusal(put(db, table, item('b', 1, { tier: { S: '' } })))).name).toBe(
      'ValidationException',
    );
  }),
  limits('what is not in the table is not found, and a table that is not there is named', async (db) => {
    const table = await db.newTable();
    expect(await get(db, table, buildKey('nobody'))).toBeUndefined();
    expect((await catchRefusal(get(db, 'nowhere', buildKey('a')))).name).toBe('ResourceNotFoundException');
  }),
];
