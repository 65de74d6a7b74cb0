import { setTimeout as sleep } from 'node:timers/promises';
import { type Description, describeStack, sumBacklog, sumInvocations } from './description.ts';

/** The time in which nothing may happen, in milliseconds: longer than the intervals of streams and retries. */
const quietMs = 4_000;
const intervalMs = 200;

/**
 * Waits until nothing is left to do: no message in a queue that is worked on, and no function called for some time, so
 * that the streams are read to their ends as well.
 *
 * @returns whether that happened within the patience
 */
export const drained = async (
  endpoint: string,
  patienceMs: number,
  signal: AbortSignal,
): Promise<boolean> => {
  const deadline = Date.now() + patienceMs;
  let quietSince = Date.now();
  let calls = -1;
  while (Date.now() < deadline) {
    const description: Description | undefined = await describeStack(endpoint);
    const now = Date.now();
    const isQuiet =
      description !== undefined && sumBacklog(description) === 0 && sumInvocations(description) === calls;
    if (description !== undefined) calls = sumInvocations(description);
    if (!isQuiet) quietSince = now;
    if (now - quietSince >= quietMs) return true;
    await sleep(intervalMs, undefined, { signal });
  }
  return false;
};
