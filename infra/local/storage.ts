import type { Blueprint } from './blueprint.ts';
import { Bucket } from './bucket.ts';
import { type KeptData, openKeptData } from './kept-data.ts';
import { createQueues } from './messaging.ts';
import { ObjectFolder } from './object-folder.ts';
import type { Queue } from './queue.ts';
import { queueJournals } from './queue-journals.ts';
import type { Running } from './running.ts';
import { type Checkpoints, streamCheckpoints } from './stream-checkpoints.ts';

/** What holds data beside the tables, by ARN: in memory, or written through to the kept data. */
export interface Storage {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly checkpoints: ((mapping: string, stream: string) => Checkpoints) | undefined;
}

const createBuckets = ({ buckets }: Blueprint, kept: KeptData | undefined): ReadonlyMap<string, Bucket> =>
  new Map(
    buckets.map(({ arn, name, writeOnce }) => {
      const folder = kept && new ObjectFolder(kept.bucketFolder(name));
      return [arn, new Bucket({ name, writeOnce, folder })];
    }),
  );

export interface StorageProps {
  readonly dataFolder?: string | undefined;
  readonly longestDelayMs?: number | undefined;
}

/** @throws LocalStackError `DATA_FOLDER_TAKEN` or `DATA_FOLDER_UNUSABLE` */
export const openStorage = (
  blueprint: Blueprint,
  { dataFolder, longestDelayMs }: StorageProps,
  running: Running,
): Storage => {
  const kept = dataFolder === undefined ? undefined : openKeptData(dataFolder);
  if (kept !== undefined) running.kept = kept;
  return {
    queues: createQueues(blueprint.queues, kept && queueJournals(kept.database), longestDelayMs),
    buckets: createBuckets(blueprint, kept),
    checkpoints: kept && streamCheckpoints(kept.database),
  };
};
