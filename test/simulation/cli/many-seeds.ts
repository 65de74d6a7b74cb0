import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { formatFailure } from './format.ts';
import type { Options } from './options.ts';
import { formatSum, join, nothingYet } from './sum.ts';
import type { Report, Share } from './worker.ts';

const progressMs = 5_000;

/** Creates a reporter that prints failures at once, and the progress of the run now and then. */
const createReporter = (seeds: number) => {
  const sum = nothingYet();
  const begin = performance.now();
  const seconds = () => (performance.now() - begin) / 1_000;
  let last = begin;
  const report = ({ sum: part, failed }: Report): void => {
    join(sum, part);
    for (const outcome of failed) console.log(formatFailure(outcome));
    if (performance.now() - last < progressMs) return;
    last = performance.now();
    console.log(
      `${sum.seeds} of ${seeds} seeds, ${sum.failed} failed, ${(sum.seeds / seconds()).toFixed(0)} a second`,
    );
  };
  return { report, sum, seconds };
};

/**
 * Limits with much room for young objects: all objects of a run are garbage at its end, and with more room fewer are
 * copied.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

const runWorker = async (share: Share, report: (report: Report) => void): Promise<void> => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: share, resourceLimits });
  worker.on('message', report);
  const [code] = await once(worker, 'exit');
  if (code !== 0) throw new Error(`a worker ended with code ${code}`);
};

/** Runs many seeds, on several threads. @returns whether all hold */
export const runSeeds = async ({ seeds, from, workers }: Options): Promise<boolean> => {
  const { report, sum, seconds } = createReporter(seeds);
  const shares = Array.from({ length: workers }, (_, i) => ({
    from: from + i,
    until: from + seeds,
    step: workers,
  }));
  await Promise.all(shares.map((share) => runWorker(share, report)));
  console.log(formatSum(sum, seconds()));
  return sum.failed === 0;
};
