import { parentPort, workerData } from 'node:worker_threads';
import { type Outcome, simulate } from '../simulate.ts';
import { add, nothingYet, type Sum } from './sum.ts';

/** Which seeds a worker runs: each `step`th from `from` up to `until`. */
export interface Share {
  readonly from: number;
  readonly until: number;
  readonly step: number;
}

/** What a worker tells: what it has done since it last told, and the seeds that failed. */
export interface Report {
  readonly sum: Sum;
  readonly failed: readonly Outcome[];
}

const seedsAReport = 50;

/** Runs a share of seeds; tells now and then how far it is. */
export const runShare = async (
  { from, until, step }: Share,
  tell: (report: Report) => void | Promise<void>,
): Promise<void> => {
  let sum = nothingYet();
  let failed: Outcome[] = [];
  for (let seed = from; seed < until; seed += step) {
    const outcome = await simulate(seed);
    add(sum, outcome);
    if (outcome.findings.length > 0) failed.push(outcome);
    if (sum.seeds < seedsAReport && seed + step < until) continue;
    await tell({ sum, failed });
    sum = nothingYet();
    failed = [];
  }
};

if (parentPort !== null) {
  const port = parentPort;
  await runShare(workerData as Share, (report) => port.postMessage(report));
}
