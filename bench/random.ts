/**
 * Returns a generator of numbers of at least 0 and below 1, the same for the same seed, so that the measured work
 * doesn't change from run to run.
 * Source: mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (public domain)
 */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const pick = <T>(random: () => number, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;
