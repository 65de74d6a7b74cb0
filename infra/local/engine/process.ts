import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/**
 * Runs the engine (`$2` and on) and waits for its end or for the end of the pipe from this process, whichever is first.
 * Then it kills the engine and removes its folder (`$1`), unless that is empty, for an engine whose file is to remain.
 * The system closes the pipe however this process dies, SIGKILL included, so neither the engine nor its file can
 * outlive it.
 */
const watcher = `
umask 077
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

/** Runs a command with a loopback interface of its own. Many systems have `ip` where only the administrator looks. */
const withLoopback = `umask 077; PATH="$PATH:/usr/sbin:/sbin" ip link set lo up && exec "$@"`;

/** The port of an isolated engine. Nobody else is there to have taken it. */
export const isolatedPort = 8_000;

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

/** Closes the pipe or the channel, which signals the watcher or the connector to end, and waits. */
export const end = async (child: ChildProcess): Promise<void> => {
  if (hasExited(child)) return;
  child.ref();
  const exited = once(child, 'exit');
  child.stdin?.end();
  if (child.connected) child.disconnect();
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

const ifMemoryIsShort = ', as the system does if memory is short';

/** Returns how the engine ended, with the last line that it printed as an error. */
export const describeEnd = ({ pid, exitCode, signalCode }: ChildProcess, error: string): string => {
  const engine = `the DynamoDB engine (process group ${pid})`;
  // The watcher is a shell: its exit code is 128 and the number of the signal that ended the engine.
  const signal = signalCode ?? findSignal((exitCode ?? 0) - 128);
  // Without its first process a namespace is gone, and `unshare` can't go on.
  if (error.startsWith('unshare:')) return `${engine} was ended with its connector${ifMemoryIsShort}`;
  if (signal === undefined) return `${engine} ended with exit code ${exitCode}${error && ` (${error})`}`;
  return `${engine} was ended by ${signal}${signal === 'SIGKILL' ? ifMemoryIsShort : ''}`;
};

/** Spawns a process group of its own, so that a Ctrl-C doesn't end the engine before the stack has drained. */
const spawnGroup = (command: string, parameters: readonly string[], options: SpawnOptions): ChildProcess => {
  const child = spawn(command, parameters, { ...options, detached: true });
  // A command that can't be started shows as a child without a pid.
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.unref();
  for (const pipe of [child.stdin, child.stderr])
    (pipe as unknown as { unref?: () => void } | null)?.unref?.();
  return child;
};

const serve = (path: string, file: string, host: string, port: number): string[] => [
  path,
  ...['serve', '--host', host, '--port', `${port}`, '--db-path', file],
];

/** Starts the engine on an address of this machine. */
export const launch = (
  path: string,
  { file, temporary = '' }: EngineFile,
  host: string,
  port: number,
): ChildProcess => {
  const parameters = ['-c', watcher, 'engine-watcher', temporary, ...serve(path, file, host, port)];
  const child = spawnGroup('/bin/sh', parameters, { stdio: ['pipe', 'ignore', 'pipe'] });
  return child;
};

/**
 * Starts the engine in a network namespace of its own, with a connector that is its first process. Returns undefined if
 * the system doesn't allow that, or lacks `unshare` or `ip`.
 */
export const launchIsolated = async (
  path: string,
  { file, temporary = '' }: EngineFile,
): Promise<ChildProcess | undefined> => {
  // A user namespace gives the right to the others. The administrator has it, and would lose other rights on files.
  const user = process.geteuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const unshare = [...user, '--net', '--pid', '--fork', '--kill-child'];
  const connector = fileURLToPath(new URL('./connector.ts', import.meta.url));
  const engine = [`${isolatedPort}`, temporary, ...serve(path, file, '127.0.0.1', isolatedPort)];
  const child = spawnGroup(
    'unshare',
    [...unshare, '/bin/sh', '-c', withLoopback, 'engine', process.execPath, connector, ...engine],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { PATH: process.env.PATH } },
  );
  const started = await new Promise<boolean>((resolve) => {
    child.once('message', () => resolve(true));
    child.once('exit', () => resolve(false));
    child.once('error', () => resolve(false));
  });
  child.channel?.unref();
  return started ? child : undefined;
};
