import type { Blueprint } from './blueprint.ts';
import { Bucket } from './bucket.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import type { Running } from './lifecycle.ts';
import { ObjectFolder } from './object-folder.ts';
import type { Queue } from './queue.ts';
import { queueJournals } from './queue-journals.ts';
import { createQueues } from './queues-and-rules.ts';
import { type Checkpoints, streamCheckpoints } from './stream-checkpoints.ts';

/** The parts that hold data beside the tables, by ARN: in memory, or written through to the data folder. */
export interface Storage {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly checkpoints: ((mapping: string, stream: string) => Checkpoints) | undefined;
}

const createBuckets = ({ buckets }: Blueprint, data: DataFolder | undefined): ReadonlyMap<string, Bucket> =>
  new Map(
    buckets.map(({ arn, name, versioned }) => {
      const folder = data && new ObjectFolder(data.bucketFolder(name));
      return [arn, new Bucket({ name, versioned, folder })];
    }),
  );

export interface StorageProps {
  readonly dataFolder?: string | undefined;
  readonly longestDelayMs?: number | undefined;
}

/**
 * Opens the storage.
 *
 * @throws LocalStackError `DATA_FOLDER_TAKEN` or `DATA_FOLDER_UNUSABLE`
 */
export const openStorage = (
  blueprint: Blueprint,
  { dataFolder, longestDelayMs }: StorageProps,
  running: Running,
): Storage => {
  const data = dataFolder === undefined ? undefined : openDataFolder(dataFolder);
  if (data !== undefined) running.dataFolder = data;
  return {
    queues: createQueues(blueprint.queues, data && queueJournals(data.database), longestDelayMs),
    buckets: createBuckets(blueprint, data),
    checkpoints: data && streamCheckpoints(data.database),
  };
};
