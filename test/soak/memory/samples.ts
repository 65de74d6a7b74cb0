import { setTimeout as sleep } from 'node:timers/promises';
import { describeStack, sumBacklog, sumErrors, sumInvocations } from '../stack/description.ts';
import { below, listProcesses } from '../stack/processes.ts';
import type { SoakStack } from '../stack/soak-stack.ts';

/** The resources that the stack used at one moment. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The number of the stack's life, from 1. */
  readonly life: number;
  /** Resident memory of the process with the bus, the queues and the functions, in megabytes. */
  readonly stackMb: number;
  /** Resident memory of the engine and its watcher, in megabytes. */
  readonly engineMb: number;
  /** The number of messages in queues. */
  readonly backlog: number;
  readonly invocations: number;
  readonly errors: number;
}

const everyMs = 1_000;
const kbPerMb = 1_024;

const takeSample = async (stack: SoakStack): Promise<Sample | undefined> => {
  const { life, pid, endpoint } = stack;
  const [processes, description] = await Promise.all([listProcesses(), describeStack(endpoint)]);
  const own = processes.find((process) => process.pid === pid);
  // The stack was killed in between.
  if (own === undefined || description === undefined || stack.life !== life) return undefined;
  const engineKb = below(processes, pid).reduce((sum, { rssKb }) => sum + rssKb, 0);
  return {
    at: Date.now(),
    life,
    stackMb: own.rssKb / kbPerMb,
    engineMb: engineKb / kbPerMb,
    backlog: sumBacklog(description),
    invocations: sumInvocations(description),
    errors: sumErrors(description),
  };
};

/** Samples the stack each second while it is up. @throws StackFailedError if it ends by itself */
export const sampleStack = async (
  stack: SoakStack,
  samples: Sample[],
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    stack.assertAlive();
    const sample = stack.isUp ? await takeSample(stack) : undefined;
    if (sample !== undefined) samples.push(sample);
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
};
