import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Bundle } from './bundles.ts';

const run = promisify(execFile);

/** Times in milliseconds: elapsed, and CPU time of all threads. */
export interface StartTimes {
  readonly wall: number;
  readonly cpu: number;
}

export interface Start {
  readonly init: StartTimes;
  readonly first?: StartTimes;
  /** The answer of the first invocation. */
  readonly answer?: unknown;
}

/**
 * Starts a bundle in a fresh process.
 *
 * @param event passed to the function once it has started; without it the function only starts
 */
export const start = async ({ file, environment }: Bundle, event?: unknown): Promise<Start> => {
  const given = event === undefined ? [] : [JSON.stringify(event)];
  const { stdout } = await run(process.execPath, [`${import.meta.dirname}/time-start.ts`, file, ...given], {
    env: { AWS_REGION: 'eu-central-1', ...environment },
  });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n')));
};
