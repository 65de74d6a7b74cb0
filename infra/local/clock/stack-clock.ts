/** The memory of a clock, which any thread can read: one instant, in milliseconds since 1970. */
export type SharedClock = BigInt64Array<SharedArrayBuffer>;

/** Returns the instant of a clock, in milliseconds since 1970. */
export const readClock = (shared: SharedClock): number => Number(Atomics.load(shared, 0));

/**
 * A clock in place of the system's, for a stack and the functions in it. It stands still until it is moved, so that
 * nothing becomes late while a function runs, however fast the clock seems to go. Whatever isn't about the contents of
 * events stays on the system's time: timeouts, queues, retries, polling.
 */
export class StackClock {
  readonly shared: SharedClock = new BigInt64Array(new SharedArrayBuffer(8));

  /** @param instant in whole milliseconds since 1970 */
  constructor(instant: number) {
    this.moveTo(instant);
  }

  now(): number {
    return readClock(this.shared);
  }

  moveTo(instant: number): void {
    Atomics.store(this.shared, 0, BigInt(instant));
  }
}
