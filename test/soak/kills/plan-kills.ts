import type { Dice } from '../../../scripts/sample/dice.ts';

/** One life of the stack, and what follows its end. */
export interface PlannedLife {
  /** From when it is up until it is killed. */
  readonly seconds: number;
  /** The next start, too, is killed, so long after it began. */
  readonly vainStartMs?: number;
}

/** What a start takes, about; the plan allows for it. */
const startSeconds = 3;

const share = { short: 0.2, vain: 0.2 } as const;

/** Some lives end almost at once, while what the last one left behind is being worked off. */
const planLife = (dice: Dice, every: number): PlannedLife => ({
  seconds: dice.chance(share.short) ? 0.3 + dice.random() * 2 : every * (0.4 + dice.random() * 1.2),
  ...(dice.chance(share.vain) && { vainStartMs: dice.int(100, 1_500) }),
});

/**
 * The lives that end by a kill.
 *
 * @param seconds in which all of them, with their starts, are to find room; one is planned in any case
 * @param every the mean time between kills, in seconds; 0 plans none
 */
export const planKills = (dice: Dice, seconds: number, every: number): readonly PlannedLife[] => {
  if (every <= 0) return [];
  const lives: PlannedLife[] = [];
  for (let used = 0; ; ) {
    const life = planLife(dice, every);
    used += life.seconds + startSeconds;
    if (used > seconds && lives.length > 0) return lives;
    lives.push(life);
  }
};
