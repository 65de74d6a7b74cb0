import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hourMs } from '../../events/index.ts';
import { createLeadPageReader } from '../../functions/advance-leads/leads-without-due-time.ts';
import { createClockProgress, createDueItemReader, measureClockLag } from '../../shared/clock/index.ts';
import { S } from '../../shared/dynamodb/index.ts';
import {
  buildDueKey,
  dueIndex,
  handoffKey,
  listDueKeys,
  nurtureKey,
  stateKey,
} from '../../shared/keys/index.ts';
import { plant } from '../support/due.ts';
import { type DynamoDb, startDynamoDb, startMemoryDynamoDb } from '../support/engine.ts';

const engines = [
  { engine: 'the embedded engine', start: startDynamoDb },
  { engine: 'the engine in memory', start: () => startMemoryDynamoDb() },
];

const hour = Date.parse('2026-06-01T10:00:00.000Z');
const at = (ms: number): string => new Date(ms).toISOString();

describe.each(engines)('the clock on $engine', ({ start }) => {
  let dynamoDb: DynamoDb;
  beforeAll(async () => {
    dynamoDb = await start();
  });
  afterAll(() => dynamoDb?.stop());

  const readHour = async (from: number, until: number) => {
    const read = createDueItemReader(dynamoDb.client, dynamoDb.leads);
    const pages = await Promise.all(listDueKeys(from).map((dueKey) => Array.fromAsync(read(dueKey, until))));
    return pages.map((partition) => partition.flat());
  };

  it('reads what is due by an instant from the index, of each partition the oldest first', async () => {
    const all = Array.from({ length: 60 }, (_, i) => ({
      leadId: `ordered-${i}`,
      dueAt: hour + ((i * 37) % 60) * 60_000,
    }));
    for (const { leadId, dueAt } of all)
      await plant(dynamoDb.client, dynamoDb.leads, stateKey(leadId), at(dueAt));
    await plant(dynamoDb.client, dynamoDb.leads, stateKey('ordered-later'), at(hour + hourMs));
    await plant(dynamoDb.client, dynamoDb.leads, stateKey('ordered-never'));
    const partitions = await readHour(hour, hour + 29 * 60_000);
    for (const items of partitions) {
      const instants = items.map(({ dueAt }) => dueAt);
      expect(instants).toEqual(instants.toSorted());
    }
    expect(partitions.filter((items) => items.length > 0).length).toBeGreaterThan(4);
    const due = all.filter(({ dueAt }) => dueAt <= hour + 29 * 60_000);
    expect(due).toHaveLength(30);
    expect(
      partitions
        .flat()
        .map(({ pk }) => pk)
        .sort(),
    ).toEqual(due.map(({ leadId }) => `LEAD#${leadId}`).sort());
  });

  it('reads a partition of the index to its end, page by page, also items of one lead and instant', async () => {
    const dueAt = at(hour + 5 * hourMs);
    const keys = [stateKey('one'), nurtureKey('one'), handoffKey('one', 'h-1'), handoffKey('one', 'h-2')];
    for (const key of keys) await plant(dynamoDb.client, dynamoDb.leads, key, dueAt);
    const dueKey = buildDueKey(stateKey('one').pk, Date.parse(dueAt), 0);
    const read = createDueItemReader(dynamoDb.client, dynamoDb.leads);
    const items = (await Array.fromAsync(read(dueKey, hour + 5 * hourMs))).flat();
    const all = keys.map(({ sk }) => sk).sort();
    expect(items.map(({ sk }) => sk).sort()).toEqual(all);
    const pages = paginateQuery(
      { client: dynamoDb.client, pageSize: 1 },
      {
        TableName: dynamoDb.leads,
        IndexName: dueIndex.name,
        KeyConditionExpression: 'dueKey = :key AND dueAt <= :until',
        ExpressionAttributeValues: { ':key': S(dueKey), ':until': S(dueAt) },
      },
    );
    const paged = (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items);
    expect(paged.map(({ sk }) => sk?.S).sort()).toEqual(all);
  });

  it('finds the open leads without a due time, or due before the index is read, page by page', async () => {
    const plantState = (leadId: string, status: string) =>
      plant(dynamoDb.client, dynamoDb.leads, stateKey(leadId), undefined, { more: { status: S(status) } });
    for (const status of ['active', 'recycled', 'disqualified', 'merged', 'erased'])
      await plantState(`swept-${status}`, status);
    const since = hour - 24 * hourMs;
    for (const [leadId, dueAt] of [
      ['swept-missed', since - 1],
      ['swept-later', since],
    ] as const)
      await plant(dynamoDb.client, dynamoDb.leads, stateKey(leadId), at(dueAt), {
        more: { status: S('active') },
      });
    const read = createLeadPageReader(dynamoDb.client, dynamoDb.leads);
    const found: string[] = [];
    let after: Awaited<ReturnType<typeof read>>['last'];
    do {
      const page = await read(after, since);
      found.push(...page.leadIds);
      after = page.last;
    } while (after !== undefined);
    expect(found.filter((leadId) => leadId.startsWith('swept-')).sort()).toEqual([
      'swept-active',
      'swept-disqualified',
      'swept-missed',
      'swept-recycled',
    ]);
    expect(found.filter((leadId) => /^(one|ordered-\d)/.test(leadId))).toEqual([]);
  });

  it('notes its progress, which never goes back', async () => {
    const progress = createClockProgress(dynamoDb.client, dynamoDb.leads);
    expect(await progress.load()).toEqual({ doneHour: undefined, isSwept: false, sweptTo: undefined });
    await progress.noteSweep(stateKey('l-1'), hour);
    await progress.noteHour(hour);
    await progress.noteHour(hour - hourMs);
    expect(await progress.load()).toEqual({ doneHour: hour, isSwept: false, sweptTo: stateKey('l-1') });
    await progress.noteSweep(undefined, hour);
    await progress.noteSweep(stateKey('l-2'), hour);
    expect(await progress.load()).toEqual({ doneHour: hour, isSwept: true, sweptTo: undefined });
  });

  it('lags by what is due since the first hour that is not done, counted up to a number', async () => {
    const progress = createClockProgress(dynamoDb.client, dynamoDb.leads);
    const readDueItems = createDueItemReader(dynamoDb.client, dynamoDb.leads);
    const done = hour + 30 * 24 * hourMs;
    const now = done + 2 * hourMs + 30 * 60_000;
    const measure = (mostItems: number) => measureClockLag({ progress, readDueItems, now, mostItems });
    await progress.noteHour(done);
    const plantAt = (leadId: string, dueAt: number, writtenAt = 0) =>
      plant(dynamoDb.client, dynamoDb.leads, stateKey(leadId), at(dueAt), { writtenAt });
    await plantAt('lag-done', done + 1);
    await plantAt('lag-later', now + 1);
    const doneUntil = done + hourMs;
    expect(await measure(10)).toEqual({ doneUntil, due: 0, more: false, waitingSince: undefined });
    for (let i = 0; i < 20; i++) await plantAt(`lag-${i}`, doneUntil + (i + 5) * 60_000);
    // It had passed when it was written, so it stands in the hour of its writing.
    await plantAt('lag-missed', hour, now - 10 * 60_000);
    expect(await measure(100)).toEqual({
      doneUntil,
      due: 21,
      more: false,
      waitingSince: doneUntil + 5 * 60_000,
    });
    expect(await measure(7)).toMatchObject({ due: 7, more: true });
  });
});
