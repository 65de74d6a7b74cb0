import type { FunctionUsage } from '../metered/usage.ts';

/** "At 1,769 MB, a function has the equivalent of one vCPU": https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const memoryOfOneCpu = 1_769;

/** Seconds that a function waits for one request in the same region. Assumed; nothing here measures AWS. */
const secondsARequest = 0.008;

/** Requests that a function has under way at once: transactions of a batch, records of a batch. */
const atOnce = 8;

/** How long one invocation waits: its requests, as many at once as the functions make. */
export const waitOf = ({ consumed, invocations }: FunctionUsage): number => {
  const requests = Object.values(consumed.requests).reduce((sum, count) => sum + count, 0) / invocations;
  return Math.ceil(requests / atOnce) * secondsARequest;
};

/**
 * Seconds of one invocation with so much memory. A model: the CPU time measured here, stretched by the share of a CPU that
 * the memory gives, and the waiting on top. An Arm core at Lambda may be faster or slower than the core measured on.
 *
 * @param cpu in milliseconds
 * @param memory in MB
 */
export const secondsOf = (cpu: number, wait: number, memory: number): number =>
  cpu / 1_000 / Math.min(1, memory / memoryOfOneCpu) + wait;

/** GB-seconds of one invocation. */
export const gigabyteSecondsOf = (usage: FunctionUsage, memory: number): number =>
  (memory / 1_024) * secondsOf(usage.cpu, waitOf(usage), memory);
