import type { Observed } from '../../shared/outcomes/index.ts';
import { partitionEntries } from '../histories/partition-entries.ts';
import { createRejectedEntries, noteRejected } from '../histories/rejected-entries.ts';
import { runOnPartitions } from '../histories/run-on-partitions.ts';
import { progressBar } from '../output/progress.ts';
import type { PlainTask } from './task.ts';

/** Follows all leads of files of events. Beside what is added, memory is bounded by a part of the files. */
export const observeFiles = async (
  files: readonly string[],
  task: PlainTask,
  add: (observed: Observed) => void,
): Promise<void> => {
  const rejected = createRejectedEntries(files);
  const partitions = await partitionEntries(files, { now: Date.now(), onRejected: rejected.add });
  try {
    noteRejected(rejected.result());
    const module = new URL('./observe-partition.ts', import.meta.url);
    const bar = progressBar('Following leads', partitions.files.length);
    let done = 0;
    try {
      for await (const observed of runOnPartitions<PlainTask, Observed[]>(module, partitions, task)) {
        for (const lead of observed) add(lead);
        bar.update(++done);
      }
    } finally {
      bar.stop();
    }
  } finally {
    partitions.remove();
  }
};
