import assert from 'node:assert/strict';
import type { Deployment } from './deployment.ts';
import { runInvocations } from './invocations.ts';
import type { FunctionUsage } from './usage.ts';

/** Recounts of the whole table. */
export interface RecountUsage {
  readonly usage: FunctionUsage;
  /** The leads that one of them reads. */
  readonly leads: number;
}

const runs = 6;

/** Recounts the funnel some times, and returns what that uses. The first time adopts the leads that nobody counted. */
export const runRecounts = async (deployment: Deployment): Promise<RecountUsage> => {
  const service = 'recount-funnel';
  let leads = 0;
  const check = (answer: unknown): void => {
    const recounted = answer as { isDone: boolean; leads: number; repaired: number; difference: number };
    const { isDone, repaired, difference } = recounted;
    assert.deepEqual({ isDone, repaired, difference }, { isDone: true, repaired: 0, difference: 0 });
    leads = recounted.leads;
  };
  await runInvocations(deployment, service, { events: [{}], check });
  const events = Array.from({ length: runs }, () => ({}));
  return { usage: await runInvocations(deployment, service, { events, check }), leads };
};
