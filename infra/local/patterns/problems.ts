import { LocalStackError } from '../errors.ts';

/**
 * Returns the error for an invalid pattern.
 *
 * @param at the path in the pattern, such as `$.detail.amount[0].numeric`
 */
export const invalid = (at: string, given: unknown, allowed: string): LocalStackError =>
  new LocalStackError(
    'PATTERN_INVALID',
    `event pattern at ${at}: got ${JSON.stringify(given)}, allowed is ${allowed}`,
  );

export const requireText = (given: unknown, at: string): string => {
  if (typeof given === 'string') return given;
  throw invalid(at, given, 'a string');
};

export const onlyEntry = (given: Record<string, unknown>, at: string): readonly [string, unknown] => {
  const [entry, ...others] = Object.entries(given);
  if (entry === undefined || others.length > 0) throw invalid(at, given, 'an object with one operator');
  return entry;
};
