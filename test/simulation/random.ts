/** A source of randomness from a seed: the same seed and name give the same draws, in every process. */
export interface Random {
  /** Draws a number from 0 up to 1. */
  readonly next: () => number;
  /** Draws a whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** Returns another source. Draws from it don't affect those from this one. */
  readonly fork: (name: string) => Random;
}

/** Hashes a text to 32 bits. FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
const spread = (text: string, from = 0x811c9dc5): number => {
  let hash = from;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** Returns Chris Doty-Humphrey's generator sfc32, of PractRand: small, fast, and good enough for drawing. */
const sfc32 = (a: number, b: number, c: number): (() => number) => {
  let [x, y, z, counter] = [a | 0, b | 0, c | 0, 1];
  const next = () => {
    const sum = (((x + y) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    x = y ^ (y >>> 9);
    y = (z + (z << 3)) | 0;
    z = ((z << 21) | (z >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
};

export const createNamedRandom = (seed: number, name = ''): Random => {
  const next = sfc32(seed, Math.floor(seed / 4_294_967_296), spread(name));
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    // A probability of 0 draws nothing, so that a fault that is off changes nothing else.
    chance: (probability) => probability > 0 && next() < probability,
    pick: <T>(list: readonly T[]) => list[between(0, list.length - 1)] as T,
    fork: (other) => createNamedRandom(seed, `${name}/${other}`),
  };
};
