import assert from 'node:assert/strict';
import type { Deployment } from './deployment.ts';
import { type FunctionUsage, listMetrics, sumLogBytes, warmMean } from './usage.ts';

export interface Batch {
  readonly Records: readonly unknown[];
}

/**
 * Passes batches to a function, one after the other, and sums up its usage. No record may fail.
 *
 * @param memory in MB, if it is to differ from the deployed memory
 * @throws Error if the function runs out of memory
 */
export const runBatches = async (
  { start, meter }: Deployment,
  service: string,
  batches: Iterable<Batch>,
  memory?: number,
): Promise<FunctionUsage> => {
  meter.take();
  const running = start(service, memory);
  const cpu: number[] = [];
  let records = 0;
  let peak = 0;
  try {
    for (const batch of batches) {
      const invocation = await running.invoke(batch);
      assert.deepEqual(invocation.answer, { batchItemFailures: [] });
      cpu.push(invocation.cpu);
      records += batch.Records.length;
      peak = invocation.peak;
    }
  } finally {
    await running.stop();
  }
  const lines = running.takeLogs();
  return {
    invocations: cpu.length,
    records,
    cpu: warmMean(cpu),
    slowest: Math.max(...cpu),
    peak,
    logBytes: sumLogBytes(lines),
    metrics: listMetrics(lines),
    consumed: meter.take(),
  };
};
