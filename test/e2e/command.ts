import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setupFailed } from './errors.ts';
import { interruption } from './interruption.ts';

export interface CommandProps {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The file that the output of the command is appended to. */
  readonly logFile: string;
  readonly timeoutMs: number;
}

/** The commands that are running, each the first process of its own group. */
const running = new Set<ChildProcess>();

/** Kills all processes of a group, if there are any. */
export const killGroup = (group: number | undefined): void => {
  if (group === undefined || group <= 1) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended already.
  }
};

// Commands have groups of their own, so that a signal from the terminal doesn't reach them.
interruption.addEventListener('abort', () => {
  for (const { pid } of running) killGroup(pid);
});

const linesToShow = 40;

/** Returns the end of a log, to be shown after a failure. */
export const readTail = (file: string, lines = linesToShow): string => {
  const tail = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines);
  return [`The last lines of ${file}:`, ...tail].join('\n  ');
};

/**
 * Runs a command to its end, without standard input.
 *
 * @throws EndToEndError `SETUP_FAILED` with the end of its log if it fails or takes too long
 */
export const runCommand = async (props: CommandProps): Promise<void> => {
  const { command, args, cwd, env, logFile, timeoutMs } = props;
  interruption.throwIfAborted();
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
  running.add(child);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    killGroup(child.pid);
  }, timeoutMs);
  try {
    const [code, signal] = await once(child, 'close');
    if (code === 0) return;
    interruption.throwIfAborted();
    const how = late ? `was not done after ${timeoutMs / 1_000} s` : `ended with ${code ?? signal}`;
    throw setupFailed(`\`${command} ${args.join(' ')}\` ${how}. ${readTail(logFile)}`);
  } finally {
    clearTimeout(timer);
    running.delete(child);
    closeSync(log);
  }
};
