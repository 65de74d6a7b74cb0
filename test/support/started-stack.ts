import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The command `sluice` of this checkout, for a shell. */
export const sluiceCommand = `"${process.execPath}" "${root}/cli/sluice.js"`;

export interface StartedStack {
  /** Everything that the stack has printed on standard output. */
  readonly printed: () => string;
  readonly stop: () => Promise<void>;
}

const stopProcess = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
};

/**
 * Runs a program until it has printed a text, as somebody does who then goes on in another terminal.
 *
 * @throws Error if it ends before
 */
export const startUntil = async (
  text: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<StartedStack> => {
  const [program = '', ...rest] = args;
  const child = spawn(program, rest, { ...options, env: { ...process.env, ...options.env } });
  let printed = '';
  const found = new Promise<void>((done, failed) => {
    const look = (chunk: unknown) => {
      printed += String(chunk);
      if (printed.includes(text)) done();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', (code) => failed(new Error(`${args.join(' ')} ended with ${code}: ${printed}`)));
  });
  await found;
  return { printed: () => printed, stop: () => stopProcess(child) };
};

/** Starts the system as `npm start` does. */
export const startStack = (port: number, args: readonly string[], cwd = root): Promise<StartedStack> =>
  startUntil(
    'Ctrl-C stops it',
    [process.execPath, `${root}/cli/sluice.js`, 'start', '--no-sample', '--port', `${port}`, ...args],
    { cwd },
  );
