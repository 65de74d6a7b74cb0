import type { BucketReader } from '../../shared/anchors/index.ts';

/** Creates a reader of objects in memory, by their keys. */
export const createMemoryBucket = (objects: ReadonlyMap<string, string> = new Map()): BucketReader => ({
  list: async (prefix, after) =>
    [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted(),
  read: async (key) => objects.get(key),
});
