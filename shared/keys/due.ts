import { hourMs } from '../../events/index.ts';
import type { Key } from './leads.ts';

/**
 * The index by due time. One index serves every timer: it contains the states, hand-offs and nurture tracks for which
 * something will happen at an instant if nobody does anything, partitioned by hour and shard, sorted by that instant.
 */
export const dueIndex = { name: 'by-due', partitionKey: 'dueKey', sortKey: 'dueAt' } as const;

/** The partitions of one hour. One partition takes 1,000 write units a second, so an hour takes 8,000. */
export const dueShards = 8;

const formatHour = (at: number): string =>
  new Date(Math.floor(at / hourMs) * hourMs).toISOString().slice(0, 13);

const computeDueShard = (pk: string): number => {
  let hash = 0;
  for (let i = 0; i < pk.length; i++) hash = (hash * 31 + pk.charCodeAt(i)) % 65_521;
  return hash % dueShards;
};

/**
 * Returns the partition of an item that is due. An instant that has passed when it is written counts for the hour of
 * writing: an hour that is over never gets another item, so that it is read to its end once.
 *
 * @param dueAt the instant at which it is due, in milliseconds since 1970
 * @param now the clock of the writer
 */
export const buildDueKey = (pk: string, dueAt: number, now: number): string =>
  `${formatHour(Math.max(dueAt, now))}#${computeDueShard(pk)}`;

/** Returns all partitions of the hour of an instant. */
export const listDueKeys = (at: number): string[] => {
  const hour = formatHour(at);
  return Array.from({ length: dueShards }, (_, shard) => `${hour}#${shard}`);
};

/** The key of the one item of the clock: the hours that are done, and how far the first sweep has come. */
export const clockKey: Key = { pk: 'CLOCK', sk: 'DONE' };
