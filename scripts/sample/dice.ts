// One random generator serves the whole sample and is always asked in the same order.

/**
 * Returns a generator of numbers from 0 up to but not including 1, the same on every machine.
 * Source: Mulberry32, https://github.com/bryc/code (public domain)
 */
export const createRandom = (start: number): (() => number) => {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const createDice = (random: () => number) => {
  const int = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  return {
    random,
    int,
    chance: (share: number): boolean => random() < share,
    pick: <T>(list: readonly T[]): T => list[int(0, list.length - 1)] as T,
    hex: (): string => int(0, 0xffff_ffff).toString(16).padStart(8, '0'),
  };
};
export type Dice = ReturnType<typeof createDice>;
