import type { Dice } from '../../../scripts/sample/dice.ts';

/**
 * A way in which the stack is struck down: it is killed with its engine, its engine alone is killed, or its disk is
 * filled. After the last two it must end by itself.
 */
export type Strike = 'kill' | 'engine' | 'disk';

/** One life of the stack, and the start that follows it. */
export interface PlannedLife {
  /** Seconds from when the stack is up until it is struck. */
  readonly seconds: number;
  readonly strike: Strike;
  /** Milliseconds after which the next start is killed as well. Left out, it is not killed. */
  readonly killedStartMs?: number;
}

/** The time that a start takes on average, in seconds; the plan allows for it. */
const startSeconds = 3;

const share = { short: 0.2, killedStart: 0.2 } as const;

/** Draws one life. Some end almost at once, while work that the one before left behind is still being done. */
const planLife = (dice: Dice, every: number, strike: Strike): PlannedLife => ({
  strike,
  seconds: dice.chance(share.short) ? 0.3 + dice.random() * 2 : every * (0.4 + dice.random() * 1.2),
  ...(dice.chance(share.killedStart) && { killedStartMs: dice.int(100, 1_500) }),
});

/**
 * Plans the lives that end by a strike, each kind in its turn.
 *
 * @param strikes the kinds that are possible here
 * @param seconds that all of them, with their starts, have in total; each kind of strike is planned in any case
 * @param every the mean time between strikes, in seconds; 0 plans none
 */
export const planKills = (
  dice: Dice,
  strikes: readonly Strike[],
  seconds: number,
  every: number,
): readonly PlannedLife[] => {
  if (every <= 0) return [];
  const lives: PlannedLife[] = [];
  for (let used = 0; ; ) {
    const life = planLife(dice, every, strikes[lives.length % strikes.length] ?? 'kill');
    used += life.seconds + startSeconds;
    if (used > seconds && lives.length >= strikes.length) return lives;
    lives.push(life);
  }
};
