import { readClock, type SharedClock } from './stack-clock.ts';

/**
 * Replaces the clock of this thread: `Date.now()` and a `Date` without arguments follow the given clock. Timers and
 * `performance.now()` keep the system's time.
 */
export const installClock = (clock: SharedClock): void => {
  const SystemDate = Date;
  const now = (): number => readClock(clock);
  SystemDate.now = now;
  globalThis.Date = new Proxy(SystemDate, {
    apply: () => new SystemDate(now()).toString(),
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  });
};
