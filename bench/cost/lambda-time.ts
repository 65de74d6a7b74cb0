import type { FunctionUsage } from '../metered/usage.ts';

/**
 * The memory in MB that comes with one CPU. "At 1,769 MB, a function has the equivalent of one vCPU":
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
const memoryOfOneCpu = 1_769;

/** The seconds that a function waits for one request in the same region. This is assumed; nothing here measures AWS. */
const secondsARequest = 0.008;

/** The requests that a function has in flight: transactions of a batch, or records of a batch. */
const atOnce = 8;

/**
 * Returns the seconds that one invocation waits for its requests.
 *
 * @param inFlight the requests that it makes at once
 */
export const computeWait = ({ consumed, invocations }: FunctionUsage, inFlight = atOnce): number => {
  const requests = Object.values(consumed.requests).reduce((sum, count) => sum + count, 0) / invocations;
  return Math.ceil(requests / inFlight) * secondsARequest;
};

/**
 * Estimates the seconds of one invocation with a given memory: the CPU time measured here, scaled by the share of a CPU
 * that comes with the memory, plus the waiting. An Arm core at Lambda may be faster or slower than the core measured
 * on.
 *
 * @param cpu in milliseconds
 * @param wait in seconds
 * @param memory in MB
 */
export const computeSeconds = (cpu: number, wait: number, memory: number): number =>
  cpu / 1_000 / Math.min(1, memory / memoryOfOneCpu) + wait;

/**
 * Returns the GB-seconds of one invocation.
 *
 * @param inFlight the requests that it makes at once
 */
export const computeGigabyteSeconds = (usage: FunctionUsage, memory: number, inFlight = atOnce): number =>
  (memory / 1_024) * computeSeconds(usage.cpu, computeWait(usage, inFlight), memory);
