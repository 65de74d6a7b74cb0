import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededDice } from '../load/scenarios.ts';
import type { Run } from '../run.ts';
import { planKills } from './plan-kills.ts';

/** The number of the dice for kills; no lead has it, so that kills don't change the load. */
const killsNumber = -1_000;

/** The share of the whole time that belongs to the last life, in which memory is measured. */
const lastShare = 1 / 3;

/** Runs the stack through the planned lives and kills, then through a last life for the rest of the time. */
export const runKillPlan = async ({ stack, options, signal, note }: Run): Promise<void> => {
  const { seconds, kills, seed } = options;
  const beganAt = Date.now();
  const plan = planKills(createSeededDice(seed, killsNumber), seconds * (1 - lastShare), kills);
  for (const [i, { seconds: lasts, killedStartMs }] of plan.entries()) {
    await sleep(lasts * 1_000, undefined, { signal });
    await stack.kill();
    if (killedStartMs !== undefined) await stack.startAndKill(killedStartMs, signal);
    await stack.start(signal);
    const { startMs = 0 } = stack.lives.at(-1) ?? {};
    note(`Killed ${i + 1} of ${plan.length} times; up again after ${(startMs / 1_000).toFixed(1)} s.`);
  }
  const lastAt = stack.lives.at(-1)?.upAt ?? beganAt;
  const end = Math.max(beganAt + seconds * 1_000, lastAt + seconds * lastShare * 1_000);
  await sleep(Math.max(0, end - Date.now()), undefined, { signal });
};
