import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '../..');

/** The folder for files that are reused between runs, such as the emulator. Git ignores it. */
export const cacheFolder = join(projectRoot, '.e2e');

export interface RunFolderProps {
  /** Whether the folder stays when the run has ended, however it ends. */
  readonly keep?: boolean;
  /** The folder in which the run's folder is created. @default cacheFolder */
  readonly within?: string;
}

const runPrefix = 'run-';

/** The file with the process that will remove a folder; missing in folders that are to stay. */
const ownerFile = 'pid';

const made = new Set<string>();

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // A process of another user exists, though it may not be signalled.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};

/** Returns the process that owns a folder; undefined if the folder is to stay, or was created only just now. */
const readOwner = (folder: string): number | undefined => {
  try {
    const pid = Number(readFileSync(join(folder, ownerFile), 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
};

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

/** Removes the folders of runs that were killed, which could not remove them themselves. */
const removeAbandoned = (within: string): void => {
  for (const name of readdirSync(within)) {
    const folder = join(within, name);
    const owner = name.startsWith(runPrefix) ? readOwner(folder) : undefined;
    if (owner !== undefined && isGone(owner)) remove(folder);
  }
};

/** Creates a folder for this run alone, and removes those of runs that were killed. */
export const makeRunFolder = ({ keep = false, within = cacheFolder }: RunFolderProps = {}): string => {
  mkdirSync(within, { recursive: true });
  removeAbandoned(within);
  const folder = mkdtempSync(join(within, runPrefix));
  if (keep) return folder;
  writeFileSync(join(folder, ownerFile), String(process.pid));
  made.add(folder);
  return folder;
};

/** Removes the folders that this process has created and that are not to stay. */
export const removeRunFolders = (): void => {
  for (const folder of made) remove(folder);
};
