import type { Decay } from '../document/decay.ts';
import { round } from '../evaluate.ts';

/** The points of a criterion with decay: those that it gives for new facts, and how many of them are left. */
export interface PointsLeft {
  /** The points before any decay. */
  readonly full: number;
  /** The share of them that is left, 0 to 1, two decimals. */
  readonly share: number;
  /** Both in words, such as "12 of 20 points left, halves every 14 days". */
  readonly words: string;
}

const countDays = (days: number): string => (days === 1 ? 'day' : `${days} days`);

/** Returns a decay in words, to follow the points of a criterion, such as "halves every 14 days". */
export const describeDecay = (decay: Decay): string => {
  if ('halfLifeDays' in decay) return `halves every ${countDays(decay.halfLifeDays)}`;
  if ('linearDays' in decay) {
    const { linearDays } = decay;
    return `falls evenly to none within ${linearDays === 1 ? 'a day' : `${linearDays} days`}`;
  }
  return `loses ${decay.percent} % of the full points every ${countDays(decay.everyDays)}`;
};

/** Explains what is left of points other than 0. */
export const explainPointsLeft = (decay: Decay, full: number, points: number): PointsLeft => ({
  full: round(full),
  share: round(points / full),
  words: `${round(points)} of ${round(full)} points left, ${describeDecay(decay)}`,
});
