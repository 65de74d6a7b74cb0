import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

/** The result and the usage of one invocation. */
export interface Invocation {
  readonly answer: unknown;
  /** The CPU time of all threads, in milliseconds. */
  readonly cpu: number;
  /** The peak memory of the process so far, in MB. */
  readonly peak: number;
}

export interface FunctionProcess {
  /** @param now the clock of the invocation, in milliseconds since 1970; by default that of the system */
  readonly invoke: (event: object, now?: number) => Promise<Invocation>;
  /** Returns the lines logged since the last call. */
  readonly takeLogs: () => string[];
  readonly stop: () => Promise<void>;
}

export interface FunctionProcessProps {
  /** The folder of the function's bundle. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The memory in MB, to which V8 limits its heap. */
  readonly memory: number;
}

const collectLines = ({ stdout, stderr }: ChildProcess): (() => string[]) => {
  let text = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => {
    const lines = text.split('\n').filter((line) => line !== '');
    text = '';
    return lines;
  };
};

/** The timeout of an invocation, longer than any function here takes, except those that nobody waits for. */
const mostMilliseconds = 60_000;

/**
 * Returns the heap options with which Lambda's runtime starts Node: a young generation of a twentieth of the memory,
 * the rest of the heap in nine tenths.
 */
const heapWithin = (memory: number): string[] => [
  `--max-semi-space-size=${Math.max(1, Math.floor(memory / 20))}`,
  `--max-old-space-size=${Math.floor(memory * 0.9)}`,
];

/** Starts a bundle in a process of its own, like an execution environment of Lambda. */
export const startFunction = ({ folder, environment, memory }: FunctionProcessProps): FunctionProcess => {
  const child = fork(`${import.meta.dirname}/function-worker.ts`, [`${folder}/index.mjs`], {
    env: { ...environment },
    execArgv: heapWithin(memory),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  const takeLogs = collectLines(child);
  const exited = once(child, 'exit');
  let settle: (message: Invocation | undefined) => void = () => undefined;
  child.on('message', (message) => settle(message as Invocation));
  void exited.then(() => settle(undefined));
  return {
    invoke: async (event, now) => {
      // With a heap that is nearly full, the process collects garbage all the time and hardly makes progress.
      const timer = setTimeout(() => child.kill('SIGKILL'), mostMilliseconds);
      const invocation = await new Promise<Invocation | undefined>((resolve) => {
        settle = resolve;
        child.send({ event, now });
      });
      clearTimeout(timer);
      if (invocation !== undefined) return invocation;
      throw new Error(`the function in ${folder} ended at ${memory} MB:\n${takeLogs().join('\n')}`);
    },
    takeLogs,
    stop: async () => {
      if (child.connected) child.disconnect();
      // Until its pipes have ended, log lines may still be in transit.
      await Promise.all([
        exited,
        ...[child.stdout, child.stderr].map((stream) => stream && finished(stream)),
      ]);
    },
  };
};
