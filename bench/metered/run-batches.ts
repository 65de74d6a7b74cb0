import assert from 'node:assert/strict';
import type { Deployment } from './deployment.ts';
import { runInvocations } from './invocations.ts';
import type { FunctionUsage } from './usage.ts';

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
  deployment: Deployment,
  service: string,
  batches: Iterable<Batch>,
  memory?: number,
): Promise<FunctionUsage> => {
  let records = 0;
  const check = (answer: unknown, batch: Batch): void => {
    assert.deepEqual(answer, { batchItemFailures: [] });
    records += batch.Records.length;
  };
  const usage = await runInvocations(deployment, service, { events: batches, check, memory });
  return { ...usage, records };
};
