import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededDice } from '../load/scenarios.ts';
import type { Run } from '../run.ts';
import { planKills, type Strike } from './plan-kills.ts';

/** The number of the dice for kills; no lead has it, so that kills don't change the load. */
const killsNumber = -1_000;

/** The share of the whole time that belongs to the last life, in which memory is measured. */
const lastShare = 1 / 3;

const words: Readonly<Record<Strike, string>> = {
  kill: 'Killed with its engine',
  engine: 'Ended after its engine was killed',
  disk: 'Ended when its disk was full',
};

const strikeDown = async ({ stack, disk }: Run, strike: Strike): Promise<void> => {
  if (strike === 'kill') return stack.kill();
  if (strike === 'engine') return stack.outlive(strike, () => stack.killEngine());
  await stack.outlive(strike, async () => disk?.fill());
  await disk?.makeRoom();
};

/** Runs the stack through the planned lives and strikes, then through a last life for the rest of the time. */
export const runKillPlan = async (run: Run): Promise<void> => {
  const { stack, disk, options, signal, note } = run;
  const { seconds, kills, seed } = options;
  const beganAt = Date.now();
  const strikes: readonly Strike[] = disk === undefined ? ['kill', 'engine'] : ['kill', 'engine', 'disk'];
  const plan = planKills(createSeededDice(seed, killsNumber), strikes, seconds * (1 - lastShare), kills);
  for (const [i, { seconds: lasts, strike, killedStartMs }] of plan.entries()) {
    await sleep(lasts * 1_000, undefined, { signal });
    await strikeDown(run, strike);
    if (killedStartMs !== undefined) await stack.startAndKill(killedStartMs, signal);
    await stack.start(signal);
    const { startMs = 0 } = stack.lives.at(-1) ?? {};
    const after = `up again after ${(startMs / 1_000).toFixed(1)} s`;
    note(`${words[strike]}, ${after} (${i + 1} of ${plan.length}).`);
  }
  const lastAt = stack.lives.at(-1)?.upAt ?? beganAt;
  const end = Math.max(beganAt + seconds * 1_000, lastAt + seconds * lastShare * 1_000);
  await sleep(Math.max(0, end - Date.now()), undefined, { signal });
};
