import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { type Item, measureItem } from '../../shared/dynamodb/index.ts';
import { isEntrySortKey } from '../../shared/keys/index.ts';
import type { Measure } from '../measure.ts';
import { median } from '../rounds.ts';
import { countWriteUnits, sumUnits } from './consumption.ts';
import { followUp } from './follow-ups.ts';
import { scoreLeadsOn } from './function.ts';
import { createRecorder } from './recorder.ts';
import { type BatchProps, generateBatches, type History, inFives, readSample, toSqsEvent } from './stream.ts';
import { createClient, type Tables, withTables } from './tables.ts';

const kilobyte = 1_024;

const splitItems = (transactions: readonly TransactWriteItem[][]): { states: Item[]; entries: Item[] } => {
  const items = transactions.flat().map(({ Put }) => Put?.Item ?? {});
  const isEntry = (item: Item) => isEntrySortKey(item.sk?.S ?? '');
  return { states: items.filter((item) => !isEntry(item)), entries: items.filter(isEntry) };
};

const shareAboveOne = (items: readonly Item[]): number =>
  items.filter((item) => measureItem(item) > kilobyte).length / items.length;

/** Returns the bytes of the last state written of each lead. */
const lastStateSizes = (states: readonly Item[]): number[] => [
  ...new Map(states.map((item) => [item.pk?.S, measureItem(item)])).values(),
];

/**
 * Returns the write units of items: two for each started kilobyte in a transaction. Those of states and entries must
 * add up to the engine's figure.
 */
const computeUnits = (items: readonly Item[]): number =>
  items.reduce((sum, item) => sum + 2 * Math.ceil(measureItem(item) / kilobyte), 0);

/** Returns states as they are stored while a shadow model scores beside the active one, with a standing as long as its own. */
const withShadows = (states: readonly Item[]): Item[] =>
  states.map((item) => {
    const { model, stage, tier, score, action } = item;
    const shadow = {
      model: model?.S,
      stage: stage?.S,
      tier: tier?.S,
      score: Number(score?.N),
      action: JSON.parse(action?.S ?? 'null'),
    };
    return { ...item, shadow: { S: JSON.stringify(shadow) } };
  });

const measure = async (
  { config, create }: Tables,
  table: string,
  histories: readonly History[],
  props: BatchProps,
): Promise<{ mean: number; details: Record<string, number> }> => {
  await create(table);
  const recorder = createRecorder();
  const record = scoreLeadsOn(recorder.client, table);
  const client = createClient(config);
  const units = countWriteUnits(client);
  for (const batch of generateBatches(histories, props)) await record(toSqsEvent(batch));
  for (const TransactItems of recorder.transactions) {
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
  }
  const { states, entries } = splitItems(recorder.transactions);
  const sizes = states.map(measureItem);
  const events = entries.length;

  const following = createClient(config);
  const followUnits = countWriteUnits(following);
  const { announcements } = await followUp(following, table, entries);
  return {
    mean: sumUnits(units) / events,
    details: {
      events,
      leads: lastStateSizes(states).length,
      'entries, units': computeUnits(entries) / events,
      'states, units': computeUnits(states) / events,
      'table as the engine reports, units': units.table / events,
      ...Object.fromEntries(
        Object.entries(units.indexes).map(([index, sum]) => [`${index}, units`, sum / events]),
      ),
      'states while a shadow model scores, units': computeUnits(withShadows(states)) / events,
      'entries above 1 KB': shareAboveOne(entries),
      'states above 1 KB': shareAboveOne(states),
      'median state, bytes': median(sizes),
      'median last state, bytes': median(lastStateSizes(states)),
      'median entry, bytes': median(entries.map(measureItem)),
      'nurture and hand-off, additional units': sumUnits(followUnits) / events,
      'nurture and hand-off, announcements': announcements / events,
    },
  };
};

/**
 * Measures the write units an event on the sample stream, as the engine reports them, once: all rounds would give the
 * same.
 */
export const writeUnits = (): Promise<Measure[]> =>
  withTables(async (tables) => {
    const sample = readSample();
    const one = await measure(tables, 'isolated', sample, { leads: 50, each: 1 });
    const five = await measure(tables, 'fives', inFives(sample), { leads: 10, each: 5 });
    const size = one.details['median state, bytes'] ?? Number.NaN;
    return [
      {
        name: 'write units an event, one event a lead in a batch',
        value: one.mean,
        unit: 'units',
        limit: { atMost: 4.6 },
        details: one.details,
      },
      {
        name: 'write units an event, five events of a lead in a batch',
        value: five.mean,
        unit: 'units',
        limit: { atMost: 2.8 },
        details: five.details,
      },
      { name: 'state, median', value: size, unit: 'bytes', limit: { atMost: kilobyte }, details: {} },
    ];
  });
