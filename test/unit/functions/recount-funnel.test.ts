import { DeleteItemCommand, PutItemCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { countFunnel } from '../../../functions/count-funnel/count-funnel.ts';
import type { RecountDeps } from '../../../functions/recount-funnel/deps.ts';
import { recountFunnel } from '../../../functions/recount-funnel/recount-funnel.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { addToCounters } from '../../../shared/funnel-counts/index.ts';
import {
  funnelKey,
  funnelPartitions,
  funnelStockKey,
  recountKey,
  stateKey,
} from '../../../shared/keys/index.ts';
import { buildBatch, failedIds } from '../../support/deliveries.ts';
import { announce, countedItem, type Placed, stockOf, sumCounters } from '../../support/funnel.ts';
import { createClient, memoryClient } from '../../support/memory-dynamodb.ts';

let client: ReturnType<typeof memoryClient>;
let now: number;
let waits: number[];
beforeEach(() => {
  client = memoryClient({ tables: { leads: [] } });
  now = Date.parse('2026-03-10T00:37:00.000Z');
  waits = [];
});

const partition = funnelPartitions[2] as string;
const recount = (more: Partial<RecountDeps> = {}, request: { isDaily?: boolean } = {}) =>
  recountFunnel({
    client,
    table: 'leads',
    partition,
    wait: async (ms) => void waits.push(ms),
    now: () => now,
    segments: 2,
    ...more,
  })(request);
const items = () => client.memory.items('leads');
const put = (Item: Item) => client.memory.execute(new PutItemCommand({ TableName: 'leads', Item }));

/** Stores the state of a lead, as score-leads does. */
const store = ({ leadId = 'l-1', version, cell }: Placed, more: Item = {}): void => {
  const { pk, sk } = stateKey(leadId);
  const [stage = '', tier = ''] = cell?.split('/') ?? [];
  put({
    pk: { S: pk },
    sk: { S: sk },
    version: { N: String(version) },
    status: { S: cell === undefined ? 'erased' : 'active' },
    ...(cell !== undefined && { stage: { S: stage }, tier: { S: tier } }),
    ...more,
  });
};
const count = async (...placed: readonly Placed[]): Promise<void> => {
  const props = { client, table: 'leads', partition: funnelPartitions[0] as string, now: () => now };
  expect(failedIds(await countFunnel(props)(buildBatch(...placed.map(announce))))).toEqual([]);
};
/** Stores leads and counts them, after a first recount, as it is on the day after an upgrade. */
const settled = async (...placed: readonly Placed[]): Promise<void> => {
  await recount();
  for (const one of placed) store(one);
  await count(...placed);
};
const counted = (leadId = 'l-1') =>
  items().find(({ pk, sk }) => pk?.S === funnelKey(leadId).pk && sk?.S === 'FUNNEL');

const nothingWrong = { isDone: true, adopted: 0, repaired: 0, difference: 0, isCorrected: false };

describe('a recount', () => {
  it('changes nothing and waits for nothing if all is counted as it should be', async () => {
    await settled(
      { version: 1, cell: 'mql/good' },
      { leadId: 'l-2', version: 4, cell: 'lead/none' },
      { leadId: 'l-3', version: 2 },
    );
    const before = items().filter(({ pk }) => pk?.S !== recountKey.pk);
    expect(await recount()).toEqual({ ...nothingWrong, leads: 3 });
    expect(items().filter(({ pk }) => pk?.S !== recountKey.pk)).toEqual(before);
    expect(waits).toEqual([]);
  });

  it.each<[string, Placed, Item]>([
    ['is closed', { version: 2 }, {}],
    ['is the canary’s', { leadId: 'sluice.canary.2026-03-01', version: 2, cell: 'mql/good' }, {}],
    ['was never announced', { version: 2, cell: 'mql/good' }, { announced: { S: 'null' } }],
  ])('counts no lead that %s', async (_what, placed, more) => {
    await recount();
    store(placed, more);
    expect(await recount()).toMatchObject(nothingWrong);
    expect(stockOf(items())).toEqual({});
  });

  it('counts a lead whose history is not settled as it was last announced', async () => {
    await settled({ version: 1, cell: 'lead/none' });
    store({ version: 5, cell: 'sql/good' }, { announced: { S: '{"stage":"lead","tier":"none"}' } });
    expect(await recount()).toMatchObject(nothingWrong);
  });
});

describe('a lead that is counted wrongly', () => {
  it.each<[string, Placed | undefined, Placed]>([
    ['its last announcement was lost', { version: 1, cell: 'lead/none' }, { version: 2, cell: 'mql/good' }],
    ['all its announcements were lost', undefined, { version: 2, cell: 'mql/good' }],
    ['it is closed', { version: 1, cell: 'lead/none' }, { version: 2 }],
  ])('is counted anew, with a move of the day, since %s', async (_why, before, after) => {
    await settled(...(before === undefined ? [] : [before]));
    store(after);
    expect(await recount()).toMatchObject({ ...nothingWrong, repaired: 1 });
    expect(stockOf(items())).toEqual(after.cell === undefined ? {} : { [after.cell]: 1 });
    expect(sumCounters(items(), 'DAY#2026-03-10')).toEqual({
      [`${before?.cell ?? '-'}>${after.cell ?? '-'}`]: 1,
    });
    expect(await recount()).toMatchObject(nothingWrong);
  });

  it('is looked at again after half a minute, so that an announcement on its way is counted as usual', async () => {
    await settled({ version: 1, cell: 'lead/none' });
    store({ version: 2, cell: 'mql/good' });
    const wait = () => count({ version: 2, cell: 'mql/good', at: '2026-03-09T23:59:00.000Z' });
    expect(await recount({ wait })).toMatchObject(nothingWrong);
    expect(sumCounters(items(), 'DAY#2026-03-09')).toEqual({ 'lead/none>mql/good': 1 });
  });

  it('is left alone if its state has changed meanwhile', async () => {
    await settled({ version: 1, cell: 'lead/none' });
    store({ version: 2, cell: 'mql/good' });
    const wait = async () => store({ version: 3, cell: 'sql/good' });
    expect(await recount({ wait })).toMatchObject({ ...nothingWrong, repaired: 0 });
    expect(counted()).toMatchObject({ cell: { S: 'lead/none' } });
  });

  it('is not counted again by an announcement of the same version that comes after all', async () => {
    await settled({ version: 1, cell: 'lead/none' });
    store({ version: 2, cell: 'mql/good' });
    await recount();
    await count({ version: 2, ordinal: 7, cell: 'mql/risky' });
    expect(stockOf(items())).toEqual({ 'mql/good': 1 });
    await count({ version: 3, cell: 'sql/good' });
    expect(stockOf(items())).toEqual({ 'sql/good': 1 });
  });

  it('is counted out if it has no state', async () => {
    await settled({ version: 1, cell: 'lead/none' });
    const { pk, sk } = stateKey('l-1');
    client.memory.execute(
      new DeleteItemCommand({ TableName: 'leads', Key: { pk: { S: pk }, sk: { S: sk } } }),
    );
    expect(await recount()).toMatchObject({ ...nothingWrong, repaired: 1 });
    expect(stockOf(items())).toEqual({});
  });
});

describe('the first recount', () => {
  it('counts leads from before the funnel was counted, without a move, a repair or a wait', async () => {
    for (let i = 0; i < 95; i++) store({ leadId: `l-${i}`, version: 1 + i, cell: 'customer/good' });
    expect(await recount()).toEqual({ ...nothingWrong, leads: 95, adopted: 95 });
    expect(stockOf(items())).toEqual({ 'customer/good': 95 });
    expect(sumCounters(items(), 'DAY#')).toEqual({});
    expect(waits).toEqual([]);
    expect(await recount()).toMatchObject(nothingWrong);
  });

  it('repairs what was counted already, as any other', async () => {
    store({ version: 2, cell: 'mql/good' });
    await count({ version: 1, cell: 'lead/none' });
    expect(await recount()).toMatchObject({ ...nothingWrong, repaired: 1 });
  });

  it('leaves the moves of a lead that is counted meanwhile to their announcements', async () => {
    store({ version: 1, cell: 'mql/good' });
    const counting = createClient(async (command) => {
      const answer = client.memory.execute(command);
      if (command instanceof ScanCommand) await count({ version: 1, ordinal: 0, cell: 'mql/none' });
      return answer;
    });
    expect(await recount({ client: counting, segments: 1 })).toMatchObject({ ...nothingWrong, adopted: 0 });
    await count({ version: 1, ordinal: 1, cell: 'mql/good' });
    expect(stockOf(items())).toEqual({ 'mql/good': 1 });
    expect(sumCounters(items(), 'DAY#')).toEqual({ '->mql/none': 1, 'mql/none>mql/good': 1 });
    expect(await recount()).toMatchObject(nothingWrong);
  });
});

describe('counters that are not the sum of the leads', () => {
  const tamper = (cell: string, amount: number, at = partition) =>
    client.memory.execute(
      new UpdateItemCommand(addToCounters('leads', funnelStockKey(at), new Map([[cell, amount]]))),
    );

  it('are corrected if nothing moves meanwhile', async () => {
    await settled({ version: 1, cell: 'mql/good' });
    tamper('mql/good', 3);
    tamper('sql/none', -2, funnelPartitions[5]);
    expect(await recount()).toMatchObject({ ...nothingWrong, difference: 5, isCorrected: true });
    expect(stockOf(items())).toEqual({ 'mql/good': 1 });
    expect(await recount()).toMatchObject(nothingWrong);
  });

  it('differ only by what the moves meanwhile do not explain, and are left alone', async () => {
    await settled({ version: 1, cell: 'mql/good' }, { leadId: 'l-2', version: 1, cell: 'lead/none' });
    store({ leadId: 'l-3', version: 1, cell: 'lead/none' });
    tamper('mql/good', 3);
    // l-3 makes the recount wait, and l-2 moves meanwhile.
    const wait = async () => {
      store({ leadId: 'l-2', version: 2, cell: 'lead/risky' });
      await count({ leadId: 'l-2', version: 2, cell: 'lead/risky' });
    };
    expect(await recount({ wait })).toMatchObject({ repaired: 1, difference: 2, isCorrected: false });
    expect(stockOf(items())['mql/good']).toBe(4);
  });

  it('are no difference if leads only moved', async () => {
    await settled({ version: 1, cell: 'mql/good' });
    store({ leadId: 'l-3', version: 1, cell: 'lead/none' });
    const wait = () => count({ leadId: 'l-3', version: 1, cell: 'lead/none' });
    expect(await recount({ wait })).toMatchObject(nothingWrong);
  });
});

describe('a recount that is out of time', () => {
  it('is carried on by the next runs, and comes to the same result', async () => {
    await recount();
    for (let i = 0; i < 30; i++) store({ leadId: `l-${i}`, version: 1, cell: 'lead/none' });
    await count(
      ...Array.from({ length: 29 }, (_, i) => ({ leadId: `l-${i}`, version: 1, cell: 'lead/none' as const })),
    );
    const results = [];
    do results.push(await recount({ budgetMs: 0, pageSize: 5 }));
    while (results.at(-1)?.isDone !== true && results.length < 100);
    expect(results.length).toBeGreaterThan(3);
    expect(results.at(-1)).toMatchObject({ leads: 30, difference: 0 });
    expect(results.reduce((sum, { repaired }) => sum + repaired, 0)).toBe(1);
    expect(stockOf(items())).toEqual({ 'lead/none': 30 });
  });

  it.each([1, 2, 3])(
    'reads each lead once, also one whose items are on two pages of %i',
    async (pageSize) => {
      await settled(
        ...[1, 2, 3, 4, 5].map((i) => ({ leadId: `l-${i}`, version: 1, cell: 'mql/good' as const })),
      );
      let last = await recount({ budgetMs: 0, pageSize });
      for (let runs = 0; !last.isDone && runs < 50; runs++) last = await recount({ budgetMs: 0, pageSize });
      expect(last).toEqual({ ...nothingWrong, leads: 5 });
    },
  );
});

describe('a recount of the schedule', () => {
  it('does nothing if one that began on the same day is done', async () => {
    await recount({}, { isDaily: true });
    store({ version: 1, cell: 'lead/none' });
    now += 23 * 3_600_000;
    expect(await recount({}, { isDaily: true })).toEqual({ ...nothingWrong, leads: 0 });
    now += 3_600_000;
    expect(await recount({}, { isDaily: true })).toMatchObject({ leads: 1, repaired: 1 });
  });

  it('carries on one that is not done', async () => {
    await recount({}, { isDaily: true });
    for (let i = 0; i < 9; i++) put(countedItem({ leadId: `l-${i}`, version: 1 }));
    expect(await recount({ budgetMs: 0, pageSize: 2 })).toMatchObject({ isDone: false });
    expect(await recount({}, { isDaily: true })).toMatchObject({ isDone: true, leads: 9 });
  });
});
