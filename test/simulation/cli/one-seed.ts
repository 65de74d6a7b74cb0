import { drawPlan } from '../load/plan.ts';
import { simulate } from '../simulate.ts';
import { tellFinding, tellPlan, tellStep } from './tell.ts';

/** Replays one seed, a line a step. @returns whether it holds */
export const replaySeed = async (seed: number): Promise<boolean> => {
  console.log(tellPlan(drawPlan(seed)));
  const { findings, digest, steps } = await simulate(seed, { onStep: (told) => console.log(tellStep(told)) });
  console.log(`${steps} steps, digest ${digest}`);
  for (const finding of findings) console.log(tellFinding(finding));
  if (findings.length === 0) console.log('everything holds');
  return findings.length === 0;
};
