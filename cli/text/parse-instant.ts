import { InvalidArgumentError } from 'commander';
import { lacksOffset, parseInstant, showValue } from '../../events/index.ts';

const day = /^\d{4}-\d\d-\d\d$/;
const anInstant = 'an instant in ISO 8601 with its offset from UTC, such as';
const examples = '2026-03-01T09:00:00Z or 2026-03-01T10:00:00+01:00';

const refuse = (given: string, allowed: string): never => {
  const why = lacksOffset(given) && !day.test(given) ? ', which has no offset from UTC' : '';
  throw new InvalidArgumentError(`given ${showValue(given)}${why}; allowed: ${allowed}`);
};

export const isDay = (given: string): boolean => day.test(given);

/**
 * Parses an option value that is an instant with its offset from UTC. Returns milliseconds since 1970.
 *
 * @throws InvalidArgumentError
 */
export const parseInstantOption = (given: string): number =>
  parseInstant(given) ?? refuse(given, `${anInstant} ${examples}`);

/**
 * Parses an option value that is an instant with its offset from UTC, or a day, which begins at midnight UTC. Returns
 * milliseconds since 1970.
 *
 * @throws InvalidArgumentError
 */
export const parseDayOrInstant = (given: string): number =>
  parseInstant(isDay(given) ? `${given}T00:00Z` : given) ??
  refuse(given, `a day such as 2026-03-01, or ${anInstant} ${examples}`);
