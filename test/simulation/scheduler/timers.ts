interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Timers in the order in which they are due, and those of one instant in the order in which they were set. */
export class Timers {
  readonly #timers: Timer[] = [];
  #count = 0;

  set(at: number, fire: () => void): void {
    const timer = { at, order: this.#count++, fire };
    let i = this.#timers.length;
    // Sorted with the earliest at the end, where it is cheap to take.
    while (i > 0 && isBefore(this.#timers[i - 1] as Timer, timer)) i--;
    this.#timers.splice(i, 0, timer);
  }

  get next(): number | undefined {
    return this.#timers.at(-1)?.at;
  }

  fireUntil(now: number): void {
    for (
      let timer = this.#timers.at(-1);
      timer !== undefined && timer.at <= now;
      timer = this.#timers.at(-1)
    ) {
      this.#timers.pop();
      timer.fire();
    }
  }
}
