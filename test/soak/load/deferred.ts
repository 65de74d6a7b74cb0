/** What is to come after so many others. */
export class Deferred<T> {
  readonly #due = new Map<number, T[]>();
  #last = 0;

  add(at: number, value: T): void {
    const others = this.#due.get(at);
    if (others === undefined) this.#due.set(at, [value]);
    else others.push(value);
    this.#last = Math.max(this.#last, at);
  }

  /** What is due by now, and was not taken yet. */
  take(now: number): T[] {
    const due = this.#due.get(now) ?? [];
    this.#due.delete(now);
    return due;
  }

  /** The place up to which there is something. */
  get last(): number {
    return this.#last;
  }
}
