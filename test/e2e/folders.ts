import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '../..');

/** Ignored by git. What is worth keeping between runs lies right in it, such as the emulator. */
export const keptFolder = join(projectRoot, '.e2e');

/** A folder of one run alone, to be removed after it. */
export const makeRunFolder = (): string => {
  mkdirSync(keptFolder, { recursive: true });
  return mkdtempSync(join(keptFolder, 'run-'));
};
