import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../command.ts';
import { setupFailed } from '../errors.ts';
import { cacheFolder } from '../folders.ts';

const requirements = join(import.meta.dirname, 'requirements.txt');
const installMs = 300_000;

/** The name of the interpreter. A virtual environment of another one would not fit. */
const python = process.env.PYTHON ?? 'python3';

/**
 * Returns a virtual environment with the pinned emulator, and creates it if it doesn't exist. Changed pins make another
 * one.
 *
 * @param logFile the file that output is appended to
 * @returns the path of its interpreter
 * @throws EndToEndError `SETUP_FAILED`
 */
export const ensurePython = async (logFile: string): Promise<string> => {
  const digest = createHash('sha256').update(readFileSync(requirements)).update(python).digest('hex');
  const folder = join(cacheFolder, `python-${digest.slice(0, 12)}`);
  const interpreter = join(folder, 'bin', 'python');
  // This file is written last: an installation that was interrupted is repeated.
  const done = join(folder, 'installed');
  if (existsSync(done)) return interpreter;
  rmSync(folder, { recursive: true, force: true });
  const base = { cwd: cacheFolder, env: process.env, logFile, timeoutMs: installMs };
  try {
    await runCommand({ ...base, command: python, args: ['-m', 'venv', folder] });
  } catch (cause) {
    throw setupFailed(
      'the emulator needs Python 3.10 or newer with venv and pip; the variable PYTHON may name an interpreter',
      cause,
    );
  }
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-input'];
  await runCommand({
    ...base,
    command: interpreter,
    args: ['-m', 'pip', 'install', ...quietly, '--requirement', requirements],
  });
  writeFileSync(done, '');
  return interpreter;
};
