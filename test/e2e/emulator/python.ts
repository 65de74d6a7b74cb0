import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../command.ts';
import { setupFailed } from '../errors.ts';
import { keptFolder } from '../folders.ts';

const requirements = join(import.meta.dirname, 'requirements.txt');
const installMs = 300_000;

/** What the interpreter is called; a virtual environment of another one would not fit. */
const python = process.env.PYTHON ?? 'python3';

/**
 * A virtual environment with the pinned emulator, made where it isn't there yet. Changed pins make another one.
 *
 * @param logFile gets what is printed on the way
 * @returns the path of its interpreter
 * @throws EndToEndError `SETUP_FAILED`
 */
export const ensurePython = async (logFile: string): Promise<string> => {
  const digest = createHash('sha256').update(readFileSync(requirements)).update(python).digest('hex');
  const folder = join(keptFolder, `python-${digest.slice(0, 12)}`);
  const interpreter = join(folder, 'bin', 'python');
  // Written last: an installation that was interrupted is made anew.
  const done = join(folder, 'installed');
  if (existsSync(done)) return interpreter;
  rmSync(folder, { recursive: true, force: true });
  const base = { cwd: keptFolder, env: process.env, logFile, timeoutMs: installMs };
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
