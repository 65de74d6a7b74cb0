import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '../..');

/** Ignored by git. What is worth keeping between runs lies right in it, such as the emulator. */
export const keptFolder = join(projectRoot, '.e2e');

const made = new Set<string>();

/** A folder of this run alone. */
export const makeRunFolder = (): string => {
  mkdirSync(keptFolder, { recursive: true });
  const folder = mkdtempSync(join(keptFolder, 'run-'));
  made.add(folder);
  return folder;
};

export const removeRunFolders = (): void => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
};
