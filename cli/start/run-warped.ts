import { setTimeout as sleep } from 'node:timers/promises';
import { triesDeliveries } from '../clock/local-schedules.ts';
import { type ClockMover, moveClock } from '../clock/move-clock.ts';

/** The pause between two moves of the clock, in milliseconds, so that others get a word in. */
const pauseMs = 50;

/**
 * Lets the clock of a stack run fast until it is stopped. It stands still while the stack works, and then catches up with
 * the rate: what falls due happens one thing after the other, whatever the rate is.
 *
 * @param rate how many milliseconds pass on it in one of the system's
 */
export const runWarped = async (mover: ClockMover, rate: number, stopped: Promise<void>): Promise<void> => {
  const from = mover.clock.now();
  const startedAt = performance.now();
  let isStopped = false;
  void stopped.then(() => {
    isStopped = true;
  });
  while (!isStopped) {
    await moveClock(mover, Math.floor(from + (performance.now() - startedAt) * rate));
    // Not at the instant of each, since a delivery that fails stays due.
    await mover.running.stack.schedules.runOnce(triesDeliveries);
    await Promise.race([sleep(pauseMs), stopped]);
  }
};
