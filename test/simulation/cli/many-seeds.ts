import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Options } from './options.ts';
import { join, nothingYet, tellSum } from './sum.ts';
import { tellFailure } from './tell.ts';
import type { Report, Share } from './worker.ts';

const progressMs = 5_000;

/** Prints failures at once, and now and then how far the run is. */
const createTeller = (seeds: number) => {
  const sum = nothingYet();
  const begin = performance.now();
  const seconds = () => (performance.now() - begin) / 1_000;
  let last = begin;
  const tell = ({ sum: part, failed }: Report): void => {
    join(sum, part);
    for (const outcome of failed) console.log(tellFailure(outcome));
    if (performance.now() - last < progressMs) return;
    last = performance.now();
    console.log(
      `${sum.seeds} of ${seeds} seeds, ${sum.failed} failed, ${(sum.seeds / seconds()).toFixed(0)} a second`,
    );
  };
  return { tell, sum, seconds };
};

/** What a run leaves is garbage at once: the more room the young have, the less of it is ever copied. */
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

const runWorker = async (share: Share, tell: (report: Report) => void): Promise<void> => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: share, resourceLimits });
  worker.on('message', tell);
  const [code] = await once(worker, 'exit');
  if (code !== 0) throw new Error(`a worker ended with code ${code}`);
};

/** Runs many seeds, on several threads. @returns whether all hold */
export const runSeeds = async ({ seeds, from, workers }: Options): Promise<boolean> => {
  const { tell, sum, seconds } = createTeller(seeds);
  const shares = Array.from({ length: workers }, (_, i) => ({
    from: from + i,
    until: from + seeds,
    step: workers,
  }));
  await Promise.all(shares.map((share) => runWorker(share, tell)));
  console.log(tellSum(sum, seconds()));
  return sum.failed === 0;
};
