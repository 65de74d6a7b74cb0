import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

/**
 * Runs the engine (`$2` and on) and waits for its end or for the end of the pipe from this process, whichever is first.
 * Then it kills the engine and removes its folder (`$1`), unless that is empty, for an engine whose file is to remain.
 * The system closes the pipe however this process dies, SIGKILL included, so neither the engine nor its file can
 * outlive it.
 */
const watcher = `
folder=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
engine=$!
( read -r _ <&3; kill -9 "$engine" ) >/dev/null 2>&1 &
guard=$!
wait "$engine"; code=$?
kill "$guard" 2>/dev/null
[ -z "$folder" ] || rm -rf -- "$folder"
exit "$code"`;

/** The file in which the engine stores its tables. */
export interface EngineFile {
  readonly file: string;
  /** The folder that is removed together with the engine. */
  readonly temporary?: string;
}

/** The characters of the engine's output that are stored. */
const longestError = 2_000;

export const hasExited = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

/** Closes the pipe, which signals the watcher to end, and waits. */
export const end = async (child: ChildProcess): Promise<void> => {
  if (hasExited(child)) return;
  child.ref();
  const exited = once(child, 'exit');
  child.stdin?.end();
  const stuck = setTimeout(() => hasExited(child) || process.kill(-(child.pid as number), 'SIGKILL'), 5_000);
  await exited;
  clearTimeout(stuck);
};

/** Returns a function that returns the last line that the engine has printed as an error, or nothing. */
export const watchErrors = ({ stderr }: ChildProcess): (() => string) => {
  let text = '';
  stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-longestError);
  });
  return () => text.trim().split('\n').at(-1) ?? '';
};

const findSignal = (number: number): string | undefined =>
  Object.entries(constants.signals).find(([, value]) => value === number)?.[0];

/** Returns how the engine ended, with the last line that it printed as an error. */
export const describeEnd = ({ pid, exitCode, signalCode }: ChildProcess, error: string): string => {
  const engine = `the DynamoDB engine (process group ${pid})`;
  // The watcher is a shell: its exit code is 128 and the number of the signal that ended the engine.
  const signal = signalCode ?? findSignal((exitCode ?? 0) - 128);
  if (signal === undefined) return `${engine} ended with exit code ${exitCode}${error && ` (${error})`}`;
  return `${engine} was ended by ${signal}${signal === 'SIGKILL' ? ', as the system does if memory is short' : ''}`;
};

/** Starts the engine in its own process group, so that a Ctrl-C doesn't end it before the stack has drained. */
export const launch = (path: string, { file, temporary }: EngineFile, port: number): ChildProcess => {
  const engine = [path, 'serve', '--host', '127.0.0.1', '--port', `${port}`, '--db-path', file];
  const child = spawn('/bin/sh', ['-c', watcher, 'engine-watcher', temporary ?? '', ...engine], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  // A shell that can't be started shows as a child without a pid.
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.unref();
  for (const pipe of [child.stdin, child.stderr])
    (pipe as unknown as { unref?: () => void } | null)?.unref?.();
  return child;
};
