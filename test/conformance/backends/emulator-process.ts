import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator as startProcess } from '../../e2e/emulator/emulator.ts';
import { makeRunFolder, removeRunFolders } from '../../e2e/folders.ts';
import type { Backend } from './backend.ts';
import { connectEmulator } from './emulator.ts';

const requirements = join(import.meta.dirname, '../../e2e/emulator/requirements.txt');

const version = (): string => /^ministack==(.+)$/m.exec(readFileSync(requirements, 'utf8'))?.[1] ?? 'unknown';

const python = process.env.PYTHON ?? 'python3';

/** Returns the reason for which the emulator is left out; undefined if nothing is missing. */
export const whyNoEmulator = (): string | undefined =>
  spawnSync(python, ['--version'], { stdio: 'ignore' }).status === 0
    ? undefined
    : `${python} can't be run here`;

/** Starts the emulator of the end-to-end run, and installs it if necessary. @throws EndToEndError if that fails */
export const startEmulator = async (): Promise<Backend> => {
  const { endpoint, stop } = await startProcess({ folder: makeRunFolder() });
  return connectEmulator(endpoint, `ministack ${version()}`, async () => {
    await stop();
    removeRunFolders();
  });
};
