import { drawPlan } from '../load/plan.ts';
import { simulate } from '../simulate.ts';
import { formatFinding, formatPlan, formatStep } from './format.ts';

/** Replays one seed and prints a line for each step. @returns whether it holds */
export const replaySeed = async (seed: number): Promise<boolean> => {
  console.log(formatPlan(drawPlan(seed)));
  const { findings, digest, steps } = await simulate(seed, {
    onStep: (report) => console.log(formatStep(report)),
  });
  console.log(`${steps} steps, digest ${digest}`);
  for (const finding of findings) console.log(formatFinding(finding));
  if (findings.length === 0) console.log('everything holds');
  return findings.length === 0;
};
