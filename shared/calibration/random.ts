/** Draws a number from 0 up to, but not including, 1. */
export type Random = () => number;

/**
 * Creates a generator of random numbers: the same seed gives the same numbers on every machine. The algorithm is
 * Mulberry32 (Tommy Ettinger, public domain); its 32 bits are plenty for intervals, and not for secrets.
 */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** The probabilities that a Poisson number of mean 1 is at most 0, 1, 2 …; beyond them nothing is left that matters. */
const atMost = (() => {
  const sums: number[] = [];
  let [probability, sum] = [Math.exp(-1), 0];
  for (let k = 0; k <= 8; k++) {
    sum += probability;
    sums.push(sum);
    probability /= k + 1;
  }
  return sums;
})();

/**
 * Draws how often a lead is in a bootstrap sample: a Poisson number of mean 1 for each lead stands for drawing as many
 * leads as there are with replacement (Hanley and MacGibbon 2006; Chamandy and others 2012).
 */
export const drawTimes = (random: Random): number => {
  const drawn = random();
  const times = atMost.findIndex((limit) => drawn < limit);
  return times < 0 ? atMost.length : times;
};

/** Returns the numbers from 0 to `count` - 1 in random order (Fisher and Yates). */
export const shuffleIndexes = (count: number, random: Random): number[] => {
  const indexes = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [indexes[i], indexes[j]] = [indexes[j] as number, indexes[i] as number];
  }
  return indexes;
};
