import { setTimeout as sleep } from 'node:timers/promises';

export type Wait = (ms: number) => Promise<void>;

/** Waits for a number of milliseconds. */
export const wait: Wait = async (ms) => {
  await sleep(ms);
};

const baseMs = 25;
const capMs = 1_000;

/**
 * Returns the milliseconds to wait before an attempt: exponential backoff with full jitter, a random time up to 25 ms ×
 * 2^attempt and at most a second, so that writers that collided don't collide again.
 *
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const fullJitter = (attempt: number, random: () => number = Math.random): number =>
  random() * Math.min(capMs, baseMs * 2 ** attempt);
