import { userInfo } from 'node:os';
import { InvalidArgumentError } from 'commander';

/** Who is at the terminal, as the system knows them. A container may know nobody. */
export const currentUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? 'unknown';
  }
};

/** Parser of option values that an audit is to be read by. */
export const notEmpty = (given: string): string => {
  if (given.trim() === '') throw new InvalidArgumentError('given nothing; allowed: at least one character');
  return given;
};
