import type { Deployment } from './deployment.ts';
import { addConsumed, type Consumed } from './meter.ts';
import { type FunctionUsage, listMetrics, sumLogBytes, warmMean } from './usage.ts';

export interface InvocationsProps<Event extends object> {
  readonly events: Iterable<Event>;
  /** Is called with each answer, and throws if it isn't as it must be. */
  readonly check: (answer: unknown, event: Event) => void;
  /** Is called before each invocation; what it uses isn't counted. */
  readonly before?: () => Promise<unknown>;
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
  { events, check, before, memory }: InvocationsProps<Event>,
): Promise<FunctionUsage> => {
  meter.take();
  const metered: Consumed[] = [];
  const running = start(service, memory);
  const cpu: number[] = [];
  let peak = 0;
  try {
    for (const event of events) {
      await before?.();
      meter.take();
      const invocation = await running.invoke(event);
      metered.push(meter.take());
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
    consumed: metered.reduce(addConsumed, meter.take()),
  };
};
