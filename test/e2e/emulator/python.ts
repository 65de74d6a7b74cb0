import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../command.ts';
import { setupFailed } from '../errors.ts';
import { cacheFolder } from '../folders.ts';

const installMs = 300_000;

/** The name of the interpreter. A virtual environment of another one would not fit. */
const python = process.env.PYTHON ?? 'python3';

interface PythonProps {
  /** The thing that is installed, for messages. */
  readonly what: string;
  /** The file with the pins. */
  readonly requirements: string;
  /** The file that output is appended to. */
  readonly logFile: string;
}

/**
 * Returns a virtual environment with pinned packages, and creates it if it doesn't exist. Changed pins make another one.
 *
 * @returns the path of its interpreter
 * @throws EndToEndError `SETUP_FAILED`
 */
export const ensurePython = async ({ what, requirements, logFile }: PythonProps): Promise<string> => {
  const digest = createHash('sha256').update(readFileSync(requirements)).update(python).digest('hex');
  const folder = join(cacheFolder, `python-${digest.slice(0, 12)}`);
  const interpreter = join(folder, 'bin', 'python');
  // This file is written last: an installation that was interrupted is repeated.
  const done = join(folder, 'installed');
  if (existsSync(done)) return interpreter;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cacheFolder, { recursive: true });
  const base = { cwd: cacheFolder, env: process.env, logFile, timeoutMs: installMs };
  try {
    await runCommand({ ...base, command: python, args: ['-m', 'venv', folder] });
  } catch (cause) {
    throw setupFailed(
      `${what} needs Python 3.10 or newer with venv and pip; the variable PYTHON may name an interpreter`,
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
