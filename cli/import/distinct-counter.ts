import { hash } from 'node:crypto';

/** The count at which a counter's memory stops growing: about 100 MB. */
const mostStored = 2_000_000;

/**
 * The length of a hash, 48 bits: among 2 million texts two collide with a chance of 1 in 140, and the count is then 1
 * too low.
 */
const hashBytes = 6;

/** Counts distinct texts in bounded memory. */
export class DistinctCounter {
  readonly #seen = new Set<number>();
  readonly #most: number;

  constructor(most = mostStored) {
    this.#most = most;
  }

  /** Adds a text. Returns whether it is known to have come before. */
  add(text: string): boolean {
    const key = hash('sha256', text, 'buffer').readUIntBE(0, hashBytes);
    if (this.#seen.has(key)) return true;
    if (this.#seen.size < this.#most) this.#seen.add(key);
    return false;
  }

  get count(): number {
    return this.#seen.size;
  }

  /** Whether there may be more than counted. */
  get full(): boolean {
    return this.#seen.size >= this.#most;
  }
}
