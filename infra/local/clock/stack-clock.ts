/** The memory of a clock, which any thread can read. */
export interface SharedClock {
  /** Odd while the clock is being set. */
  readonly version: Int32Array<SharedArrayBuffer>;
  /** The clock's instant when it was set, the system's instant then, both in milliseconds since 1970, and the rate. */
  readonly values: Float64Array<SharedArrayBuffer>;
}

/** Returns the instant of a clock, in whole milliseconds since 1970. */
export const readClock = ({ version, values }: SharedClock, systemNow: number): number => {
  for (;;) {
    const before = Atomics.load(version, 0);
    const [instant = 0, setAt = 0, rate = 1] = values;
    if (before % 2 === 0 && Atomics.load(version, 0) === before) {
      return Math.floor(instant + Math.max(0, systemNow - setAt) * rate);
    }
  }
};

/**
 * The clock of a stack and of the functions in it: it stands still, or runs at a rate, and can be moved at any time.
 * Everything that isn't about the contents of events keeps the system's time: timeouts, queues, retries, polling.
 */
export class StackClock {
  readonly shared: SharedClock;
  readonly #onSet = new Set<() => void>();

  /** @param rate how many times as fast as the system's clock it runs; 0 stands still */
  constructor(instant: number, rate = 0) {
    const memory = new SharedArrayBuffer(32);
    this.shared = { version: new Int32Array(memory, 0, 1), values: new Float64Array(memory, 8, 3) };
    this.#set(instant, rate);
  }

  now(): number {
    return readClock(this.shared, Date.now());
  }

  get rate(): number {
    return this.shared.values[2] ?? 1;
  }

  /** Moves the clock to an instant. It keeps its rate. */
  moveTo(instant: number): void {
    this.#set(instant, this.rate);
  }

  /** Lets the clock run on at another rate. */
  runAt(rate: number): void {
    this.#set(this.now(), rate);
  }

  /** Calls the listener after the clock was moved or its rate changed. */
  onSet(listener: () => void): void {
    this.#onSet.add(listener);
  }

  #set(instant: number, rate: number): void {
    const { version, values } = this.shared;
    Atomics.add(version, 0, 1);
    values.set([instant, Date.now(), rate]);
    Atomics.add(version, 0, 1);
    for (const listener of this.#onSet) listener();
  }
}
