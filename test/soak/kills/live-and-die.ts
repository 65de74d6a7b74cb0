import { setTimeout as sleep } from 'node:timers/promises';
import { diceOf } from '../load/stories.ts';
import type { Run } from '../run.ts';
import { planKills } from './plan-kills.ts';

/** A number that no lead has: the kills have chance of their own. */
const killsNumber = -1_000;

/** Of the whole time so much belongs to the last life, which shows what memory does. */
const lastShare = 1 / 3;

/** Lives and deaths as planned, then a last life for the rest of the time. */
export const liveAndDie = async ({ stack, options, signal, note }: Run): Promise<void> => {
  const { seconds, kills, seed } = options;
  const beganAt = Date.now();
  const plan = planKills(diceOf(seed, killsNumber), seconds * (1 - lastShare), kills);
  for (const [i, { seconds: lasts, vainStartMs }] of plan.entries()) {
    await sleep(lasts * 1_000, undefined, { signal });
    await stack.kill();
    if (vainStartMs !== undefined) await stack.startInVain(vainStartMs, signal);
    await stack.start(signal);
    const { startMs = 0 } = stack.lives.at(-1) ?? {};
    note(`Killed ${i + 1} of ${plan.length} times; up again after ${(startMs / 1_000).toFixed(1)} s.`);
  }
  const lastAt = stack.lives.at(-1)?.upAt ?? beganAt;
  const end = Math.max(beganAt + seconds * 1_000, lastAt + seconds * lastShare * 1_000);
  await sleep(Math.max(0, end - Date.now()), undefined, { signal });
};
