/** Values that are due at a later position, counted in events. */
export class Deferred<T> {
  readonly #due = new Map<number, T[]>();
  #last = 0;

  add(at: number, value: T): void {
    const others = this.#due.get(at);
    if (others === undefined) this.#due.set(at, [value]);
    else others.push(value);
    this.#last = Math.max(this.#last, at);
  }

  /** Returns the values that are due at a position and removes them. */
  take(now: number): T[] {
    const due = this.#due.get(now) ?? [];
    this.#due.delete(now);
    return due;
  }

  /** The last position at which a value was due. */
  get last(): number {
    return this.#last;
  }
}
