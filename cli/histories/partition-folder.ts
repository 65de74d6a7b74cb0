import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of the system's temporary folder that only its owner can read, for events with personal data. */
export interface PartitionFolder {
  readonly folder: string;
  /** Removes the folder with all that is in it. */
  readonly remove: () => void;
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Makes a folder that is removed when its owner says so, when the process ends, or when a signal ends it. Only SIGKILL
 * leaves it behind.
 */
export const makePartitionFolder = (): PartitionFolder => {
  // mkdtemp makes folders of mode 700.
  const folder = mkdtempSync(join(tmpdir(), 'sluice-histories-'));
  const remove = (): void => {
    for (const signal of stopSignals) process.off(signal, stop);
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true });
  };
  const stop = (signal: NodeJS.Signals): void => {
    remove();
    // Whoever else listens to the signal ends the process; otherwise it ends as it would have without this listener.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  for (const signal of stopSignals) process.on(signal, stop);
  process.on('exit', remove);
  return { folder, remove };
};
