import { InvalidArgumentError } from 'commander';
import { dayMs, hourMs, parseInstant, showValue } from '../../events/index.ts';

const units: ReadonlyMap<string, number> = new Map([
  ['h', hourMs],
  ['d', dayMs],
  ['w', 7 * dayMs],
]);

/**
 * Parses an option value that is an instant with its offset from UTC, or a duration such as 8h, 14d or 2w.
 *
 * @returns a function from now to the instant, both in milliseconds since 1970
 * @throws InvalidArgumentError
 */
export const parseUntil = (given: string): ((now: number) => number) => {
  const [, count, unit = ''] = /^(\d{1,4})([hdw])$/.exec(given) ?? [];
  const ms = units.get(unit);
  if (count !== undefined && ms !== undefined && Number(count) > 0) return (now) => now + Number(count) * ms;
  const instant = parseInstant(given);
  if (instant !== undefined) return () => instant;
  throw new InvalidArgumentError(
    `given ${showValue(given)}; allowed: an instant such as 2026-04-01T00:00:00Z, or a duration such as 8h, 14d or 2w`,
  );
};
