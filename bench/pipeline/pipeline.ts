import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import {
  type DynamoDBClient,
  paginateScan,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { isLeadKey } from '../../shared/keys/index.ts';
import { inParallel } from '../../shared/lambda/index.ts';
import type { Measure } from '../measure.ts';
import { interleave, median, ratios, spread } from '../rounds.ts';
import { scoreLeadsOn } from './function.ts';
import { createRecorder } from './recorder.ts';
import { type BatchProps, generateBatches, inFives, readSample, repeated, toSqsEvent } from './stream.ts';
import { createClient, withTables } from './tables.ts';

/** The batch size as deployed; each invocation has this many events. */
const batchSize = 50;
const batchesARound = 10;
/** The transactions that the function has in flight; the bare transactions have as many. */
const inFlight = 8;

/** The work of one round: batches for the function, and the transactions that it makes of them. */
interface Portion {
  readonly batches: readonly SQSEvent[];
  readonly transactions: readonly TransactWriteItem[][];
}

/** Returns portions for the function on any table, each with its transactions on the given table. */
const recordPortions = async (table: string, count: number, props: BatchProps): Promise<Portion[]> => {
  const stream = generateBatches(repeated(inFives(readSample())), props);
  const { client, transactions } = createRecorder();
  const score = scoreLeadsOn(client, table);
  const portions: Portion[] = [];
  for (let i = 0; i < count; i++) {
    const batches = Array.from({ length: batchesARound }, () => toSqsEvent(stream.next().value ?? []));
    const from = transactions.length;
    for (const batch of batches) await score(batch);
    portions.push({ batches, transactions: transactions.slice(from) });
  }
  return portions;
};

/** Returns a turn that runs `work` on the next portion and returns the events a second. */
const turn = (portions: readonly Portion[], work: (portion: Portion) => Promise<void>) => {
  let next = 0;
  return async (): Promise<number> => {
    const portion = portions[next++] as Portion;
    const start = performance.now();
    await work(portion);
    return (batchSize * batchesARound * 1_000) / (performance.now() - start);
  };
};

/** Reads the items of leads, without the salts, which are random for each entry, and the hashes over them. */
const readItems = async (client: DynamoDBClient, table: string): Promise<Map<string, unknown>> => {
  const items = new Map<string, unknown>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    for (const { salt: _salt, prev: _prev, head: _head, ...item } of Items)
      if (isLeadKey(item.pk?.S ?? '')) items.set(`${item.pk?.S} ${item.sk?.S}`, item);
  }
  return items;
};

/** Returns the transactions of each lead, in their order: one lead is never written concurrently. */
const groupByLead = (transactions: readonly TransactWriteItem[][]): TransactWriteItem[][][] => [
  ...Map.groupBy(transactions, ([first]) => first?.Put?.Item?.pk?.S).values(),
];

/** Measures the events a second through the deployed function, beside bare transactions of the same items. */
export const pipeline = (rounds: number): Promise<Measure[]> =>
  withTables(async ({ config, create }) => {
    for (const table of ['isolated', 'bare', 'fives', 'bare-fives']) await create(table);
    const client = createClient(config);
    const warmUp = 1;
    const isolated = await recordPortions('bare', rounds + warmUp, { leads: batchSize, each: 1 });
    const fives = await recordPortions('bare-fives', rounds + warmUp, { leads: batchSize / 5, each: 5 });

    const scoring = (table: string) => {
      const score = scoreLeadsOn(client, table);
      return async ({ batches }: Portion) => {
        for (const batch of batches) await score(batch);
      };
    };
    const writing = ({ transactions }: Portion) =>
      inParallel(groupByLead(transactions), inFlight, async (ofLead) => {
        for (const TransactItems of ofLead)
          await client.send(new TransactWriteItemsCommand({ TransactItems }));
      });
    const measured = await interleave(rounds, {
      isolated: turn(isolated, scoring('isolated')),
      bare: turn(isolated, writing),
      fives: turn(fives, scoring('fives')),
      bareFives: turn(fives, writing),
    });
    for (const [scored, bare] of [
      ['isolated', 'bare'],
      ['fives', 'bare-fives'],
    ] as const) {
      // Not deepEqual, which would fill the memory with the differences of a hundred thousand items.
      const isSame = isDeepStrictEqual(await readItems(client, scored), await readItems(client, bare));
      assert.ok(isSame, `the items of ${scored} and of ${bare} differ`);
    }

    const againstBare = ratios(measured.isolated, measured.bare);
    const ofFives = ratios(measured.fives, measured.isolated);
    const isolatedRate = Math.round(median(measured.isolated));
    const all = isolated.flatMap(({ transactions }) => transactions);
    const ofNewLeads = all.filter(([state]) => state?.Put?.Item?.version?.N === '1').length;
    return [
      {
        name: 'pipeline, one event a lead in a batch, against bare transactions',
        value: median(againstBare),
        unit: 'times',
        limit: { atLeast: 0.8 },
        details: {
          'events/s': isolatedRate,
          'bare, events/s': Math.round(median(measured.bare)),
          'share of new leads': ofNewLeads / all.length,
          spread: spread(againstBare),
        },
      },
      {
        name: 'pipeline, five events of a lead in a batch, against one',
        value: median(ofFives),
        unit: 'times',
        limit: { atLeast: 2.2 },
        details: {
          'events/s': Math.round(median(measured.fives)),
          'one a batch, events/s': isolatedRate,
          'bare, events/s': Math.round(median(measured.bareFives)),
          'bare fives against bare ones': median(ratios(measured.bareFives, measured.bare)),
          spread: spread(ofFives),
        },
      },
    ];
  });
