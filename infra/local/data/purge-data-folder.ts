import { type Running, waitUntilIdle } from '../lifecycle.ts';
import { processedByAll } from '../stream-poller.ts';
import { Purger, purgeFile } from './purge.ts';

/** The name under which problems of a purge are logged. */
export const purgeLog = 'purge';

/** Purges the data folder from now on, for the first time soon: a process that was killed may have left something. */
export const startPurging = (running: Running, onProblem: (message: string) => void): void => {
  const { dataFolder, engine, streamPollers } = running;
  if (dataFolder === undefined) return;
  const { folder, database, isPresent } = dataFolder;
  const purge = (): void => {
    if (!isPresent()) throw new Error('it was removed or replaced');
    try {
      engine?.purge?.(processedByAll(streamPollers));
    } finally {
      purgeFile(database, folder);
    }
  };
  running.purger = new Purger({ idle: () => waitUntilIdle(running), purge, onProblem });
  running.purger.request();
};
