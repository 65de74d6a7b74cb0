import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 20_000;

/** Looks again and again until what is waited for is there, and returns it. @throws Error with what it saw last */
export const until = async <Seen>(
  look: () => Seen | Promise<Seen>,
  isThere: (seen: Seen) => boolean,
): Promise<Seen> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (isThere(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(seen)} after ${patienceMs / 1_000} s`);
    await sleep(50);
  }
};

/**
 * The time after which a message is taken to be missing, in milliseconds: longer than any visibility timeout and poll
 * of these behaviours.
 */
const quietMs = 5_000;
export const quiet = (): Promise<void> => sleep(quietMs);
