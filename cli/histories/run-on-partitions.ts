import { availableParallelism } from 'node:os';
import type { PartitionModule } from './thread.ts';
import { ThreadPool } from './thread-pool.ts';

/** The most threads that are started unless more are asked for: each holds a partition and the code in memory. */
const mostThreads = 8;

export const defaultThreads = (): number => Math.min(mostThreads, availableParallelism());

export interface RunOnPartitionsOptions {
  /** @default those that have checked the partitions; or the number of cores, at most 8 */
  readonly threads?: number | undefined;
}

/** Works on partitions in this thread: starting others would take longer than a little work. */
async function* runHere<Props, Result>(
  module: URL,
  files: readonly string[],
  props: Props,
): AsyncGenerator<Result> {
  const { work } = (await import(module.href)) as PartitionModule<Props, Result>;
  for (const file of files) yield await work(file, props);
}

/** The files of partitions, and the threads that have worked on them before. */
interface PartitionFiles {
  readonly files: readonly string[];
  readonly pool?: ThreadPool;
}

/** Runs a module on partitions in the threads of a pool. */
async function* runInPool<Props, Result>(
  module: URL,
  { files, pool }: Required<PartitionFiles>,
  props: Props,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  let begun = 0;
  for (let taken = 0; taken < files.length; taken++) {
    // One more than there are threads, so that no thread waits for the caller to take a result.
    for (; begun < Math.min(files.length, taken + pool.most + 1); begun++) {
      const partition = files[begun] as string;
      const result = pool.work<Result>({ module: module.href, partition, props });
      // A failure behind another one isn't awaited any more.
      result.catch(() => undefined);
      running.push(result);
    }
    yield await (running.shift() as Promise<Result>);
  }
}

/**
 * Runs a module on partitions in threads, and yields its results in the order of the partitions. No more partitions are
 * begun than there are threads, and none while the caller hasn't taken the results before. If one fails, no other is
 * begun, and its error is thrown. A single partition is worked on in this thread. Work that takes too much memory is
 * begun again, so that it must leave nothing behind.
 *
 * @example
 * for await (const part of runOnPartitions<Props, Part>(new URL('./count.ts', import.meta.url), partitions, props))
 *   add(part);
 *
 * @param module a module that exports `work(partition, props)`; props and results are plain data
 */
export async function* runOnPartitions<Props, Result>(
  module: URL,
  { files, pool: given }: PartitionFiles,
  props: Props,
  { threads = given?.most ?? defaultThreads() }: RunOnPartitionsOptions = {},
): AsyncGenerator<Result> {
  if (files.length <= 1 || threads <= 1) {
    yield* runHere<Props, Result>(module, files, props);
    return;
  }
  const isOfCaller = given?.most === threads;
  const pool = isOfCaller ? given : new ThreadPool(Math.min(threads, files.length));
  let isWhole = false;
  try {
    yield* runInPool<Props, Result>(module, { files, pool }, props);
    isWhole = true;
  } finally {
    // The threads of the caller stay for its next run, unless some still work on what nobody waits for.
    if (!isOfCaller || !isWhole) await pool.end();
  }
}
