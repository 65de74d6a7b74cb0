import type { Key } from './leads.ts';

/**
 * The partitions over which the counters of the funnel are spread. Each environment of a function draws one, so that two
 * of them seldom write the same item at once; the counts are the sums over all partitions.
 */
export const funnelPartitions: readonly string[] = Array.from({ length: 8 }, (_, n) => `FUNNEL#${n}`);

const dayPrefix = 'DAY#';

/** Returns the key of the item with the number of leads of each cell, as one partition has counted them. */
export const funnelStockKey = (partition: string): Key => ({ pk: partition, sk: 'STOCK' });

/** Returns the key of the item with the moves of a day in UTC, such as 2026-03-01. */
export const funnelDayKey = (partition: string, day: string): Key => ({
  pk: partition,
  sk: `${dayPrefix}${day}`,
});

/** Returns the day in the sort key of an item with moves. */
export const parseFunnelDay = (sk: string): string => sk.slice(dayPrefix.length);

/** The key of the one item about recounts: how far the current one has come, and when the last one was done. */
export const recountKey: Key = { pk: 'FUNNEL', sk: 'RECOUNT' };
