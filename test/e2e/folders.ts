import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '../..');

/** Ignored by git. What is worth keeping between runs lies right in it, such as the emulator. */
export const keptFolder = join(projectRoot, '.e2e');

export interface RunFolderProps {
  /** The folder stays when the run has ended, however it ends. */
  readonly keep?: boolean;
  /** @default keptFolder */
  readonly within?: string;
}

const runPrefix = 'run-';

/** In each folder that isn't to be kept: the process that will remove it. */
const ownerFile = 'pid';

const made = new Set<string>();

const isGone = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // Another user's process is there, though it may not be signalled.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};

/** Undefined of a folder that is to be kept, or that its run has only just made. */
const ownerOf = (folder: string): number | undefined => {
  try {
    const pid = Number(readFileSync(join(folder, ownerFile), 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
};

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

/** A run that is killed can't remove its folder: the next one does. */
const removeAbandoned = (within: string): void => {
  for (const name of readdirSync(within)) {
    const folder = join(within, name);
    const owner = name.startsWith(runPrefix) ? ownerOf(folder) : undefined;
    if (owner !== undefined && isGone(owner)) remove(folder);
  }
};

/** A folder of this run alone. Those of runs that were killed are removed. */
export const makeRunFolder = ({ keep = false, within = keptFolder }: RunFolderProps = {}): string => {
  mkdirSync(within, { recursive: true });
  removeAbandoned(within);
  const folder = mkdtempSync(join(within, runPrefix));
  if (keep) return folder;
  writeFileSync(join(folder, ownerFile), String(process.pid));
  made.add(folder);
  return folder;
};

/** Removes what this process has made and need not keep. */
export const removeRunFolders = (): void => {
  for (const folder of made) remove(folder);
};
