import { InvalidArgumentError } from 'commander';
import { nameSchema, parseInstant, showValue } from '../../events/index.ts';
import { isDay } from '../text/parse-instant.ts';

/** Describes the option `--at` of commands that show leads as of an instant. */
export const aboutAt = 'the instant, or the day from midnight UTC, that it is shown as of (default: now)';

const refuse = (given: string, allowed: string): never => {
  throw new InvalidArgumentError(`given ${showValue(given)}; allowed: ${allowed}`);
};

/**
 * Returns a parser of option values that are whole numbers within bounds.
 *
 * @example command.option('--limit <number>', 'the most leads to list', wholeNumber(1, 1_000), 10)
 */
export const wholeNumber =
  (least = 0, most = 2 ** 32 - 1) =>
  (given: string): number => {
    const value = Number(given);
    return /^\d+$/.test(given) && value >= least && value <= most
      ? value
      : refuse(given, `a whole number from ${least} to ${most}`);
  };

/** Returns a parser of option values that are numbers from 0 to 1. */
export const fraction =
  () =>
  (given: string): number => {
    const value = Number(given);
    return given.trim() !== '' && value >= 0 && value <= 1 ? value : refuse(given, 'a number from 0 to 1');
  };

/** Returns a parser of option values that are texts which aren't blank, of at most so many characters. */
export const textUpTo =
  (most: number) =>
  (given: string): string =>
    given.trim() !== '' && given.length <= most && given.isWellFormed()
      ? given
      : refuse(given, `1 to ${most} characters`);

/** Parses names of attributes, separated by commas. @throws InvalidArgumentError */
export const attributeNames = (given: string): string[] => {
  const names = given.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !nameSchema.safeParse(name).success);
  if (wrong !== undefined) refuse(wrong, 'names of attributes, separated by commas, such as name,company');
  return [...new Set(names)];
};

/** Parses a day in UTC. @throws InvalidArgumentError */
export const day = (given: string): string =>
  isDay(given) && parseInstant(`${given}T00:00Z`) !== undefined
    ? given
    : refuse(given, 'a day in UTC, such as 2026-03-01');
