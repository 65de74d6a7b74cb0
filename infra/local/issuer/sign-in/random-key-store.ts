import { randomBytes } from 'node:crypto';

interface Stored<T> {
  readonly value: T;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Values under random keys that nobody can guess, each for a limited time, in memory. */
export class RandomKeyStore<T> {
  readonly #lifetimeMs: number;
  readonly #most: number;
  readonly #stored = new Map<string, Stored<T>>();

  /** @param most how many values are stored at once; the oldest ones go first */
  constructor({ lifetimeMs, most }: { readonly lifetimeMs: number; readonly most: number }) {
    this.#lifetimeMs = lifetimeMs;
    this.#most = most;
  }

  /** Stores a value, and returns its key. */
  add(value: T): string {
    const key = randomBytes(32).toString('base64url');
    this.#stored.set(key, { value, until: Date.now() + this.#lifetimeMs });
    const [oldest] = this.#stored.keys();
    if (this.#stored.size > this.#most && oldest !== undefined) this.#stored.delete(oldest);
    return key;
  }

  /** Returns the value of a key; undefined if there is none any more. */
  get(key: string): T | undefined {
    const found = this.#stored.get(key);
    if (found === undefined) return undefined;
    if (found.until > Date.now()) return found.value;
    this.#stored.delete(key);
    return undefined;
  }

  /** Removes the value of a key, and returns it, so that nobody gets it a second time. */
  take(key: string): T | undefined {
    const value = this.get(key);
    this.#stored.delete(key);
    return value;
  }
}
