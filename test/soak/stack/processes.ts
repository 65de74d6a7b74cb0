import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A process as `ps` lists it. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** Resident memory in kilobytes. */
  readonly rssKb: number;
  readonly isZombie: boolean;
  readonly command: string;
}

const run = promisify(execFile);

const parseRow = (row: string): ProcessRow => {
  const [pid, parent, rss, state = '', ...words] = row.trim().split(/\s+/);
  return {
    pid: Number(pid),
    parent: Number(parent),
    rssKb: Number(rss),
    // Ended, except for its entry in the process table, which its parent has to clear.
    isZombie: state.startsWith('Z'),
    command: words.join(' '),
  };
};

export const listProcesses = async (): Promise<ProcessRow[]> => {
  const { stdout } = await run('ps', ['-e', '-o', 'pid=,ppid=,rss=,stat=,args='], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trimEnd().split('\n').map(parseRow);
};

/** Returns all processes that descend from one. */
export const below = (processes: readonly ProcessRow[], pid: number): ProcessRow[] =>
  processes
    .filter(({ parent }) => parent === pid)
    .flatMap((child) => [child, ...below(processes, child.pid)]);

/** Whether a process is an engine, not the shell that watches it. */
export const isEngine = ({ command, isZombie }: ProcessRow): boolean =>
  !isZombie && /^\S*dynoxide serve /.test(command);

/** Returns the engine that has its tables in a data folder. */
export const findEngine = async (dataFolder: string): Promise<ProcessRow | undefined> => {
  const file = join(dataFolder, 'tables.db');
  return (await listProcesses()).find((row) => isEngine(row) && row.command.includes(`--db-path ${file}`));
};
