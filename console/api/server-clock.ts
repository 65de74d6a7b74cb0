import { effect } from '@preact/signals';
import { aheadMs, now } from '../parts/clock.ts';
import { session } from '../session/session.ts';
import { call } from './call.ts';

/** The time after which clocks that run alike are compared again. */
const checkedForMs = 300_000;
let checkedAt = Number.NEGATIVE_INFINITY;

/** The time by which clocks differ that run alike. */
const alikeMs = 5_000;

/**
 * Reads the clock of Sluice, which decides what is late. The answer to a score of no facts has its time; the header Date
 * hasn't, since a local stack may run by a clock of its own, and fast, so that it is read each time there.
 */
export const readServerClock = async (given?: AbortSignal): Promise<void> => {
  const before = Date.now();
  if (!session.value.isLocal && before - checkedAt < checkedForMs) return;
  try {
    const { asOf } = await call('scoreFacts', { body: {}, ...(given !== undefined && { signal: given }) });
    aheadMs.value = Date.parse(asOf) - (before + Date.now()) / 2;
    checkedAt = before;
  } catch {
    // The list says whether Sluice can be reached. Until then the reader's clock counts.
  }
};

/** Follows the clock of Sluice on this machine while somebody is signed in: often if it runs fast. */
export const followServerClock = (): void => {
  effect(() => {
    const { status, isLocal } = session.value;
    if (status !== 'signed-in' || !isLocal) return;
    const isDue = now.value - checkedAt > checkedForMs || Math.abs(aheadMs.peek()) > alikeMs;
    if (isDue && document.visibilityState === 'visible') void readServerClock();
  });
};
