import { BatchGetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { actionContracts, type Contract, funnelPattern } from '../../../events/index.ts';
import { countFunnel } from '../../../functions/count-funnel/count-funnel.ts';
import { cancelled } from '../../../infra/local/engine/memory/errors.ts';
import { compilePattern } from '../../../infra/local/pattern.ts';
import { funnelKey, funnelPartitions } from '../../../shared/keys/index.ts';
import { buildBatch, failedIds } from '../../support/deliveries.ts';
import { announce, stockOf, sumCounters } from '../../support/funnel.ts';
import { createClient, memoryClient } from '../../support/memory-dynamodb.ts';

let client: ReturnType<typeof memoryClient>;
beforeEach(() => {
  client = memoryClient({ tables: { leads: [] } });
});

const now = Date.parse('2026-03-10T12:00:00.000Z');
const at = (partition = 0, through: typeof client | ReturnType<typeof createClient> = client) =>
  countFunnel({
    client: through,
    table: 'leads',
    partition: funnelPartitions[partition] as string,
    wait: async () => {},
    now: () => now,
  });
const deliver = (...entries: unknown[]) => at()(buildBatch(...entries));
const items = () => client.memory.items('leads');
const counted = (leadId = 'l-1') =>
  items().find(({ pk, sk }) => pk?.S === funnelKey(leadId).pk && sk?.S === 'FUNNEL');

describe('an announcement', () => {
  it('counts a lead where it stands after it, and its move at the day at which it occurred', async () => {
    expect(failedIds(await deliver(announce({ version: 3, ordinal: 1, cell: 'mql/good' })))).toEqual([]);
    expect(counted()).toMatchObject({ countedPosition: { S: '000000000003.001' }, cell: { S: 'mql/good' } });
    expect(stockOf(items())).toEqual({ 'mql/good': 1 });
    expect(sumCounters(items(), 'DAY#2026-03-01')).toEqual({ '->mql/good': 1 });
  });

  it('moves a lead that was counted elsewhere', async () => {
    await deliver(announce({ version: 1, cell: 'lead/none' }));
    await deliver(announce({ version: 2, cell: 'mql/good', at: '2026-03-02T23:59:59.999Z' }));
    expect(stockOf(items())).toEqual({ 'mql/good': 1 });
    expect(sumCounters(items(), 'DAY#2026-03-02')).toEqual({ 'lead/none>mql/good': 1 });
  });

  it('takes a lead out of the funnel if it is closed, and leaves nothing of it but a position', async () => {
    await deliver(announce({ version: 1, cell: 'sql/good' }));
    await deliver(announce({ version: 2, at: '2026-03-05T00:00:00.000Z' }));
    expect(stockOf(items())).toEqual({});
    expect(sumCounters(items(), 'DAY#2026-03-05')).toEqual({ 'sql/good>-': 1 });
    expect(Object.keys(counted() ?? {}).sort()).toEqual(['countedPosition', 'pk', 'sk']);
  });

  it('counts no move if the lead stays where it is, but remembers that it was read', async () => {
    await deliver(announce({ version: 1, cell: 'lead/none' }));
    await deliver(announce({ version: 2, cell: 'lead/none' }));
    expect(counted()).toMatchObject({ countedPosition: { S: '000000000002.000' } });
    expect(sumCounters(items(), 'STOCK')).toEqual({ 'lead/none': 1, moves: 1 });
  });

  it.each(actionContracts.map((contract) => [contract.detailType, contract as Contract] as const))(
    'is counted whichever it is: %s',
    async (_type, contract) => {
      expect(failedIds(await deliver(contract.sampleEvent))).toEqual([]);
      expect(items().some(({ sk }) => sk?.S === 'FUNNEL')).toBe(true);
    },
  );

  it('says when something was last counted', async () => {
    await deliver(announce({ version: 1, cell: 'lead/none' }));
    expect(items().find(({ sk }) => sk?.S === 'STOCK')).toMatchObject({
      countedAt: { S: '2026-03-10T12:00:00.000Z' },
    });
  });
});

describe('announcements of a lead that come in one batch', () => {
  const steps = [
    announce({ version: 1, cell: 'subscriber/none' }),
    announce({ version: 2, cell: 'lead/risky', at: '2026-03-02T09:00:00.000Z' }),
    announce({ version: 2, ordinal: 1, cell: 'mql/good', at: '2026-03-03T09:00:00.000Z' }),
  ];

  it.each([
    ['in their order', steps],
    ['in another order', steps.toReversed()],
    ['twice', [...steps, ...steps]],
  ])('are counted one after the other, each once: %s', async (_order, batch) => {
    expect(failedIds(await deliver(...batch))).toEqual([]);
    expect(stockOf(items())).toEqual({ 'mql/good': 1 });
    expect(sumCounters(items(), 'DAY#')).toEqual({
      '->subscriber/none': 1,
      'subscriber/none>lead/risky': 1,
      'lead/risky>mql/good': 1,
    });
  });

  it('are counted in several transactions if they are of more days than one takes', async () => {
    const day = (i: number) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString();
    const many = Array.from({ length: 180 }, (_, i) =>
      announce({ version: 1 + i, cell: i % 2 === 0 ? 'lead/none' : 'lead/risky', at: day(i) }),
    );
    expect(failedIds(await deliver(...many.toReversed()))).toEqual([]);
    expect(sumCounters(items(), 'STOCK')).toEqual({ 'lead/risky': 1, moves: 180 });
    expect(items().filter(({ sk }) => sk?.S?.startsWith('DAY#'))).toHaveLength(180);
  });
});

describe('an announcement that was counted before, or came after a later one', () => {
  it('counts nothing', async () => {
    await deliver(announce({ version: 1, cell: 'lead/none' }), announce({ version: 3, cell: 'mql/good' }));
    const before = items();
    const late = announce({ version: 2, cell: 'lead/risky' });
    expect(failedIds(await deliver(announce({ version: 3, cell: 'mql/good' }), late))).toEqual([]);
    expect(items()).toEqual(before);
  });

  it('brings no lead back that is closed', async () => {
    await deliver(announce({ version: 4 }));
    await deliver(announce({ version: 3, cell: 'mql/good' }));
    expect(stockOf(items())).toEqual({});
  });
});

describe('many leads', () => {
  it('are counted, with the counters of one partition, forty to a transaction', async () => {
    const sizes: number[] = [];
    const noting = createClient(async (command) => {
      if (command instanceof TransactWriteItemsCommand) sizes.push(command.input.TransactItems?.length ?? 0);
      return client.memory.execute(command);
    });
    const batch = Array.from({ length: 100 }, (_, i) =>
      announce({ leadId: `l-${i}`, version: 1, cell: 'lead/none' }),
    );
    expect(failedIds(await at(3, noting)(buildBatch(...batch)))).toEqual([]);
    expect(sizes).toEqual([42, 42, 22]);
    expect(stockOf(items())).toEqual({ 'lead/none': 100 });
    expect(items().filter(({ pk }) => pk?.S?.startsWith('FUNNEL#') && pk.S !== 'FUNNEL#3')).toEqual([]);
  });
});

describe('two functions at once', () => {
  it('count what both have read once', async () => {
    const batch = buildBatch(
      announce({ version: 1, cell: 'lead/none' }),
      announce({ leadId: 'l-2', version: 5, cell: 'sql/good' }),
    );
    let others: Promise<unknown> | undefined;
    // The other one is done between the reading and the writing of this one.
    const slow = createClient(async (command) => {
      if (command instanceof TransactWriteItemsCommand && others === undefined) {
        others = at(1)(batch);
        await others;
      }
      return client.memory.execute(command);
    });
    expect(failedIds(await at(0, slow)(batch))).toEqual([]);
    expect(stockOf(items())).toEqual({ 'lead/none': 1, 'sql/good': 1 });
    expect(sumCounters(items(), 'STOCK').moves).toBe(2);
  });

  it('try again while another one writes the same counters', async () => {
    let conflicts = 3;
    const busy = createClient(async (command) => {
      if (command instanceof TransactWriteItemsCommand && conflicts-- > 0)
        throw cancelled([{ Code: 'TransactionConflict' }]);
      return client.memory.execute(command);
    });
    expect(failedIds(await at(0, busy)(buildBatch(announce({ version: 1, cell: 'lead/none' }))))).toEqual([]);
    expect(stockOf(items())).toEqual({ 'lead/none': 1 });
  });

  it('leave it to a later delivery if that never ends', async () => {
    const busy = createClient(async (command) => {
      if (command instanceof TransactWriteItemsCommand) throw cancelled([{ Code: 'TransactionConflict' }]);
      return client.memory.execute(command);
    });
    const answer = await at(0, busy)(buildBatch(announce({ version: 1, cell: 'lead/none' })));
    expect(failedIds(answer)).toEqual(['m-0']);
    expect(items()).toEqual([]);
  });
});

describe('a record that fails', () => {
  it.each([
    ['an announcement that breaks its contract', announce({ version: 0, cell: 'lead/none' })],
    ['an event that is no announcement of ours', { 'detail-type': 'LeadStageChanged', detail: {} }],
    ['text that is not JSON', 'hello'],
    ['null', 'null'],
  ])('fails alone: %s', async (_what, broken) => {
    const first = announce({ leadId: 'a', version: 1, cell: 'lead/none' });
    const last = announce({ leadId: 'b', version: 1, cell: 'lead/none' });
    expect(failedIds(await deliver(first, broken, last))).toEqual(['m-1']);
    expect(stockOf(items())).toEqual({ 'lead/none': 2 });
  });

  it('fails alone if what was counted of its lead can not be read', async () => {
    client.memory.execute(
      new PutItemCommand({
        TableName: 'leads',
        Item: { pk: { S: 'LEAD#a' }, sk: { S: 'FUNNEL' }, countedPosition: { N: '1' } },
      }),
    );
    const answer = await deliver(
      announce({ leadId: 'a', version: 1, cell: 'lead/none' }),
      announce({ leadId: 'b', version: 1, cell: 'lead/none' }),
    );
    expect(failedIds(answer)).toEqual(['m-0']);
    expect(stockOf(items())).toEqual({ 'lead/none': 1 });
  });

  it('takes those with it that were to be counted in the same transaction, and no others', async () => {
    const refusing = createClient(async (command) => {
      if (command instanceof BatchGetItemCommand && JSON.stringify(command.input).includes('"LEAD#l-7"'))
        throw new Error('throttled');
      return client.memory.execute(command);
    });
    const batch = Array.from({ length: 50 }, (_, i) =>
      announce({ leadId: `l-${i}`, version: 1, cell: 'lead/none' }),
    );
    expect(failedIds(await at(0, refusing)(buildBatch(...batch)))).toHaveLength(40);
    expect(stockOf(items())).toEqual({ 'lead/none': 10 });
  });
});

describe('the rule of count-funnel', () => {
  const matches = compilePattern(funnelPattern);

  it.each(actionContracts.map(({ detailType, sampleEvent }) => [detailType, sampleEvent] as const))(
    'takes in %s',
    (_type, event) => expect(matches(event)).toBe(true),
  );

  it("leaves out the canary's leads, and what others send", () => {
    const event = announce({ leadId: 'sluice.canary.2026-03-01', version: 1, cell: 'lead/none' });
    expect(matches(event)).toBe(false);
    expect(matches({ ...announce({ version: 1, cell: 'lead/none' }), source: 'crm' })).toBe(false);
  });
});
