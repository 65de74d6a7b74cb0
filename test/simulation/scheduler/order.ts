import type { Random } from '../random.ts';
import type { Actor } from './actor.ts';

/** The orders in which a run may choose the next step. Bugs of different kinds hide from different orders. */
export const orders = ['any', 'oldest', 'newest', 'priority'] as const;
export type Order = (typeof orders)[number];

interface Waiting {
  readonly actor: Actor;
}

/** The share of steps that are chosen at random, so that no order starves a step for good. */
const leeway = 0.1;

const firstByPriority = (steps: readonly Waiting[]): number => {
  let first = 0;
  for (let i = 1; i < steps.length; i++) {
    if ((steps[i] as Waiting).actor.priority > (steps[first] as Waiting).actor.priority) first = i;
  }
  return first;
};

/**
 * Returns a function that chooses the index of the next step. By priority, in the manner of probabilistic concurrency
 * testing, one actor runs ahead of all others until, at a few random points, it falls behind them.
 */
export const chooser = (order: Order, random: Random) => {
  const changes = 0.02;
  return (steps: readonly Waiting[]): number => {
    const last = steps.length - 1;
    if (last === 0) return 0;
    if (order === 'any' || random.chance(leeway)) return random.between(0, last);
    if (order === 'oldest') return 0;
    if (order === 'newest') return last;
    const first = firstByPriority(steps);
    if (random.chance(changes)) (steps[first] as Waiting).actor.priority = random.next() - 1;
    return first;
  };
};
