import { setTimeout as sleep } from 'node:timers/promises';
import { EndToEndError } from './errors.ts';

const controller = new AbortController();

/** Aborted by a signal to the process. Everything that waits stops waiting, and whatever was created is removed. */
export const interruption: AbortSignal = controller.signal;

export const interrupt = (signal: NodeJS.Signals): void =>
  controller.abort(new EndToEndError('INTERRUPTED', `stopped by ${signal}`));

/** Waits. @throws EndToEndError `INTERRUPTED` */
export const pause = async (ms: number): Promise<void> => {
  interruption.throwIfAborted();
  await sleep(ms, undefined, { signal: interruption }).catch(() => interruption.throwIfAborted());
};
