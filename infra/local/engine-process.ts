import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

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

/** The file in which the engine stores its tables. */
export interface EngineFile {
  readonly file: string;
  /** The folder that is removed together with the engine. */
  readonly temporary?: string;
}

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

/** Starts the engine in its own process group, so that a Ctrl-C doesn't end it before the stack has drained. */
export const launch = (path: string, { file, temporary }: EngineFile, port: number): ChildProcess => {
  const engine = [path, 'serve', '--host', '127.0.0.1', '--port', `${port}`, '--db-path', file];
  const child = spawn('/bin/sh', ['-c', watcher, 'engine-watcher', temporary ?? '', ...engine], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // A shell that can't be started shows as a child without a pid.
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.unref();
  (child.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return child;
};
