import { InvalidArgumentError } from 'commander';
import { dayMs, hourMs, minuteMs, showValue } from '../../events/index.ts';

const units: ReadonlyMap<string, number> = new Map([
  ['d', dayMs],
  ['h', hourMs],
  ['m', minuteMs],
]);

/** The fastest clock, in days a second: with more, most of the time would pass between two looks at the clock. */
const mostDays = 30;

/**
 * Parses how fast the clock of a stack runs. Returns how many milliseconds pass on it in one of the system's.
 *
 * @example parseTimeWarp('1d/s') // 86_400
 * @throws InvalidArgumentError
 */
export const parseTimeWarp = (given: string): number => {
  const [, count = '', unit = ''] = /^([1-9]\d{0,4})([dhm])\/s$/.exec(given) ?? [];
  const ms = Number(count) * (units.get(unit) ?? Number.NaN);
  if (ms <= mostDays * dayMs) return ms / 1_000;
  throw new InvalidArgumentError(
    `given ${showValue(given)}; allowed: time a second in days, hours or minutes, such as 1d/s, 6h/s or 30m/s, up to ${mostDays}d/s`,
  );
};
