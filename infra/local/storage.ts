import type { Blueprint } from './blueprint.ts';
import { Bucket } from './bucket.ts';
import { unusable } from './data/data-files.ts';
import { type DataFolder, openDataFolder } from './data/data-folder.ts';
import type { Write } from './data/guarded-write.ts';
import { ObjectFolder } from './data/object-folder.ts';
import { queueJournals } from './data/queue-journals.ts';
import { type Checkpoints, streamCheckpoints } from './data/stream-checkpoints.ts';
import { LocalStackError } from './errors.ts';
import { fail, type Running } from './lifecycle.ts';
import type { Queue } from './queue.ts';
import { createQueues } from './queues-and-rules.ts';
import { secretFileIn } from './secrets/secret-file.ts';
import { SecretStore } from './secrets/secret-store.ts';

/** The parts that hold data beside the tables, queues and buckets by ARN: in memory, or written through to the data folder. */
export interface Storage {
  readonly queues: ReadonlyMap<string, Queue>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly secrets: SecretStore;
  readonly checkpoints: ((mapping: string, stream: string) => Checkpoints) | undefined;
}

const createBuckets = (
  { buckets }: Blueprint,
  openFolder?: (name: string) => ObjectFolder,
): ReadonlyMap<string, Bucket> =>
  new Map(
    buckets.map(({ arn, name, versioned }) => [
      arn,
      new Bucket({ name, versioned, folder: openFolder?.(name) }),
    ]),
  );

/** Returns a function that runs writes. One that fails ends the stack, since what it accepts would be lost. */
const endOnFailure =
  (write: Write, running: Running): Write =>
  (file, run) => {
    try {
      write(file, run);
    } catch (error) {
      fail(running, error);
      throw error;
    }
  };

const readDataFolder = (
  data: DataFolder,
  blueprint: Blueprint,
  longestDelayMs: number | undefined,
  running: Running,
): Storage => {
  const write = endOnFailure(data.write, running);
  try {
    return {
      queues: createQueues(blueprint.queues, queueJournals(data.database, write), longestDelayMs),
      secrets: new SecretStore(blueprint.secrets, secretFileIn(data, write)),
      buckets: createBuckets(blueprint, (name) => new ObjectFolder(data.bucketFolder(name), write)),
      checkpoints: streamCheckpoints(data.database, write),
    };
  } catch (error) {
    throw error instanceof LocalStackError ? error : unusable(data.folder, error);
  }
};

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
  if (dataFolder !== undefined) {
    running.dataFolder = openDataFolder(dataFolder);
    return readDataFolder(running.dataFolder, blueprint, longestDelayMs, running);
  }
  return {
    queues: createQueues(blueprint.queues, undefined, longestDelayMs),
    buckets: createBuckets(blueprint),
    secrets: new SecretStore(blueprint.secrets),
    checkpoints: undefined,
  };
};
