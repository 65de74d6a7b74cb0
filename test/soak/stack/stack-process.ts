import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Description, describeStack } from './description.ts';
import { below, listProcesses } from './processes.ts';

const root = resolve(import.meta.dirname, '../../..');
const startPatienceMs = 120_000;
const endPatienceMs = 10_000;
/** The longest time that the stack may take to end, in milliseconds; it has to fill its disk meanwhile. */
const goingOnMs = 60_000;

export interface StackProcessProps {
  readonly port: number;
  /** The folder with the data of the stack. */
  readonly dataFolder: string;
  /** The file that the output of the stack is appended to. */
  readonly logFile: string;
}

/** The error when the stack ended by itself, or never answered. The log has the reason. */
export class StackFailedError extends Error {
  readonly code = 'STACK_FAILED';
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Starts the real command in a process that shares nothing with this one but its port and its folder. */
const launch = ({ port, dataFolder, logFile }: StackProcessProps): ChildProcess => {
  const { DYNAMODB_ENDPOINT: _foreign, ...env } = process.env;
  const log = openSync(logFile, 'a');
  try {
    const command = [join(root, 'cli/sluice.js'), 'start', '--no-sample', '--data', dataFolder];
    return spawn(process.execPath, [...command, '--port', String(port)], {
      cwd: root,
      env,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
};

/** One life of the stack: from its start until it is killed, or stopped as a user would. */
export class StackProcess {
  readonly #child: ChildProcess;
  readonly #props: StackProcessProps;

  private constructor(child: ChildProcess, props: StackProcessProps) {
    this.#child = child;
    this.#props = props;
  }

  static launch(props: StackProcessProps): StackProcess {
    return new StackProcess(launch(props), props);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#props.port}`;
  }

  /** Resolves when the stack answers. @throws StackFailedError if it ends or takes too long */
  async answers(signal: AbortSignal): Promise<Description> {
    const deadline = Date.now() + startPatienceMs;
    for (;;) {
      signal.throwIfAborted();
      if (hasEnded(this.#child)) throw new StackFailedError('the stack ended while it started');
      const description = await describeStack(this.endpoint);
      if (description !== undefined) return description;
      if (Date.now() > deadline) throw new StackFailedError('the stack does not answer');
      await sleep(50);
    }
  }

  get hasEnded(): boolean {
    return hasEnded(this.#child);
  }

  /** Kills the process. Returns the processes that are still there after some time, which should be none. */
  async kill(): Promise<readonly string[]> {
    return this.#end(() => this.#child.kill('SIGKILL'));
  }

  /** Waits until the process ends by itself after something was done. @throws StackFailedError if it goes on */
  async endsAfter(
    done: () => Promise<void>,
  ): Promise<{ readonly code: number | null; readonly lastLine: string; readonly left: readonly string[] }> {
    const left = await this.#end(done);
    const lines = (await readFile(this.#props.logFile, 'utf8')).trimEnd().split('\n');
    return { code: this.#child.exitCode, lastLine: lines.at(-1) ?? '', left };
  }

  /** Stops the stack as Ctrl-C does. */
  async stop(): Promise<{ readonly code: number | null; readonly left: readonly string[] }> {
    const left = await this.#end(() => this.#child.kill('SIGINT'));
    return { code: this.#child.exitCode, left };
  }

  async #end(strike: () => unknown): Promise<readonly string[]> {
    const descendants = new Set(below(await listProcesses(), this.pid).map(({ pid }) => pid));
    if (!hasEnded(this.#child)) {
      await Promise.all([this.#ends(), strike()]);
    }
    return this.#waitForEnd(descendants);
  }

  async #ends(): Promise<void> {
    try {
      await once(this.#child, 'exit', { signal: AbortSignal.timeout(goingOnMs) });
    } catch (cause) {
      throw new StackFailedError(`the stack went on for ${goingOnMs / 1_000} s`, { cause });
    }
  }

  /**
   * Returns the commands of processes that are left. Processes with the engine's file count as well: an engine may have
   * been started since the descendants were listed.
   */
  async #waitForEnd(descendants: ReadonlySet<number>): Promise<readonly string[]> {
    const deadline = Date.now() + endPatienceMs;
    for (;;) {
      const left = (await listProcesses()).filter(
        ({ pid, command, isZombie }) =>
          !isZombie && (descendants.has(pid) || command.includes(`--db-path ${this.#props.dataFolder}`)),
      );
      if (left.length === 0 || Date.now() > deadline) return left.map(({ command }) => command);
      await sleep(50);
    }
  }
}
