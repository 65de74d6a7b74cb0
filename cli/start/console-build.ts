import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ConsoleProps } from '../../infra/local/protocols/console.ts';
import { CliError } from '../errors.ts';
import { projectRoot } from '../stack/synthesize.ts';

/** A build of the console beside a running stack. */
export interface ConsoleBuild extends ConsoleProps {
  /** Begins the build, so that it is finished when somebody opens the page. */
  readonly begin: () => void;
  /** Ends a build that is under way. */
  readonly stop: () => void;
}

/** Returns what a failed build said, without the lines of its stack. */
const explainFailure = (output: string): string =>
  output
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .join('\n')
    .trim()
    .slice(-4_000);

const readFolder = async (child: ChildProcess): Promise<string> => {
  const { stdout, stderr } = child;
  const closed = new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  const [code, folder, output] = await Promise.all([
    closed,
    stdout === null ? '' : text(stdout),
    stderr === null ? '' : text(stderr),
  ]);
  if (code === 0) return folder;
  throw new CliError('CONSOLE_NOT_BUILT', explainFailure(output) || `the build ended with ${code}`);
};

/**
 * Creates a build of the console in a process of its own, which keeps the stack answering meanwhile. It begins with the
 * first request for the console, unless it was begun before. A stack runs also where no build is possible.
 */
export const createConsoleBuild = (): ConsoleBuild => {
  let child: ChildProcess | undefined;
  let folder: Promise<string> | undefined;
  const stop = (): void => void child?.kill();
  const findFolder = (): Promise<string> => {
    if (folder !== undefined) return folder;
    child = spawn(process.execPath, [join(projectRoot, 'console', 'build.ts')], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    process.once('exit', stop);
    folder = readFolder(child).catch((error: unknown) => {
      // The next request finds what was corrected meanwhile.
      folder = undefined;
      throw error;
    });
    return folder;
  };
  return {
    findFolder,
    // Whoever opens the page sees why it failed.
    begin: () => void findFolder().catch(() => undefined),
    stop,
  };
};
