import type { Deployment } from './deployment.ts';
import { type FunctionUsage, listMetrics, sumLogBytes, warmMean } from './usage.ts';

export interface InvocationsProps<Event extends object> {
  readonly events: Iterable<Event>;
  /** Is called with each answer, and throws if it isn't as it must be. */
  readonly check: (answer: unknown, event: Event) => void;
  /** In MB, if it is to differ from the deployed memory. */
  readonly memory?: number | undefined;
}

/**
 * Passes events to a function, one after the other, and sums up its usage. Each event counts as one record.
 *
 * @throws Error if the function runs out of memory
 */
export const runInvocations = async <Event extends object>(
  { start, meter }: Deployment,
  service: string,
  { events, check, memory }: InvocationsProps<Event>,
): Promise<FunctionUsage> => {
  meter.take();
  const running = start(service, memory);
  const cpu: number[] = [];
  let peak = 0;
  try {
    for (const event of events) {
      const invocation = await running.invoke(event);
      check(invocation.answer, event);
      cpu.push(invocation.cpu);
      peak = invocation.peak;
    }
  } finally {
    await running.stop();
  }
  const lines = running.takeLogs();
  return {
    invocations: cpu.length,
    records: cpu.length,
    cpu: warmMean(cpu),
    slowest: Math.max(...cpu),
    peak,
    logBytes: sumLogBytes(lines),
    metrics: listMetrics(lines),
    consumed: meter.take(),
  };
};
