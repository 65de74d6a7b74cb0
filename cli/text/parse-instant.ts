import { InvalidArgumentError } from 'commander';
import { showValue } from '../../events/index.ts';

const day = /^\d{4}-\d\d-\d\d$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

/** Returns milliseconds since 1970. 30 February and 24:00 are refused, though Date accepts them. */
const parse = (given: string, forms: readonly RegExp[], allowed: string): number => {
  const at = forms.some((form) => form.test(given)) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(given.replace('Z', '').slice(0, 16))) {
    throw new InvalidArgumentError(`given ${showValue(given)}; allowed: ${allowed}`);
  }
  return at;
};

export const isDay = (given: string): boolean => day.test(given);

/** Parses an option value that is a UTC instant. Returns milliseconds since 1970. @throws InvalidArgumentError */
export const parseInstant = (given: string): number =>
  parse(given, [instant], 'a UTC instant in ISO 8601, such as 2026-03-01T09:00:00Z');

/**
 * Parses an option value that is a UTC instant, or a day, which begins at midnight UTC. Returns milliseconds since 1970.
 *
 * @throws InvalidArgumentError
 */
export const parseDayOrInstant = (given: string): number =>
  parse(
    given,
    [day, instant],
    'a day or a UTC instant in ISO 8601, such as 2026-03-01 or 2026-03-01T09:00:00Z',
  );
