import { setTimeout as sleep } from 'node:timers/promises';
import { EndToEndError } from './errors.ts';

const controller = new AbortController();

/** Set off by a signal to the process. Whoever waits stops waiting, and what was begun is taken away. */
export const interruption: AbortSignal = controller.signal;

export const interrupt = (signal: NodeJS.Signals): void =>
  controller.abort(new EndToEndError('INTERRUPTED', `stopped by ${signal}`));

/** @throws EndToEndError `INTERRUPTED` */
export const pause = async (ms: number): Promise<void> => {
  interruption.throwIfAborted();
  await sleep(ms, undefined, { signal: interruption }).catch(() => interruption.throwIfAborted());
};
