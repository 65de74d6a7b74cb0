import { parentPort, workerData } from 'node:worker_threads';
import { type Outcome, simulate } from '../simulate.ts';
import { add, nothingYet, type Sum } from './sum.ts';

/** The seeds that a worker runs: each `step`th from `from` up to `until`. */
export interface Share {
  readonly from: number;
  readonly until: number;
  readonly step: number;
}

/** The totals since the last report of a worker, and the seeds that failed. */
export interface Report {
  readonly sum: Sum;
  readonly failed: readonly Outcome[];
}

const seedsAReport = 50;

/** Runs a share of seeds, and reports progress now and then. */
export const runShare = async (
  { from, until, step }: Share,
  report: (report: Report) => void | Promise<void>,
): Promise<void> => {
  let sum = nothingYet();
  let failed: Outcome[] = [];
  for (let seed = from; seed < until; seed += step) {
    const outcome = await simulate(seed);
    add(sum, outcome);
    if (outcome.findings.length > 0) failed.push(outcome);
    if (sum.seeds < seedsAReport && seed + step < until) continue;
    await report({ sum, failed });
    sum = nothingYet();
    failed = [];
  }
};

if (parentPort !== null) {
  const port = parentPort;
  await runShare(workerData as Share, (report) => port.postMessage(report));
}
