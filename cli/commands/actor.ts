import { userInfo } from 'node:os';
import { InvalidArgumentError } from 'commander';

/** Returns the name of the user at the terminal, or `unknown`, as in some containers. */
export const currentUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? 'unknown';
  }
};

/**
 * Parses an option value that an audit records.
 *
 * @throws InvalidArgumentError if it is blank
 */
export const notEmpty = (given: string): string => {
  if (given.trim() === '') throw new InvalidArgumentError('given nothing; allowed: at least one character');
  return given;
};
