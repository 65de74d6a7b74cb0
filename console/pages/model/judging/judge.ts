import { type CallWorker, createCaller } from '../worker-calls.ts';
import type { ModelComparison } from './compare-all.ts';
import { type ComparedLeads, loadComparedLeads } from './compared-leads.ts';
import type { JudgeCalls } from './judge-models.ts';

/** A worker that checks and compares models. */
export interface Judge {
  readonly call: CallWorker<JudgeCalls>;
  readonly stop: () => void;
}

/** Starts a worker that checks and compares models, so that no page waits for it. */
export const startJudge = (): Judge => {
  const worker = new Worker(new URL('./judge-worker.ts', import.meta.url), { type: 'module' });
  return { call: createCaller<JudgeCalls>(worker), stop: () => worker.terminate() };
};

/** Loads the leads that are compared, and gives them to a worker. @returns the number of them */
export const giveLeads = async ({ call }: Judge, signal: AbortSignal): Promise<ComparedLeads> => {
  const leads = await loadComparedLeads(signal);
  await call('takeLeads', leads);
  return leads;
};

/** Compares two models by the texts of their documents, in a worker of its own. */
export const compareModels = async (
  texts: { readonly before: string; readonly after: string },
  signal: AbortSignal,
): Promise<ModelComparison | undefined> => {
  const judge = startJudge();
  try {
    await giveLeads(judge, signal);
    return await judge.call('compare', texts);
  } finally {
    judge.stop();
  }
};
