import { parseArgs } from 'node:util';

export interface SoakOptions {
  readonly seconds: number;
  /** Events a second. */
  readonly rate: number;
  /** The mean time between kills, in seconds; 0 kills nothing. */
  readonly kills: number;
  readonly seed: number;
  /** The folder that keeps the files of the run. */
  readonly keep?: string;
  readonly json: boolean;
}

export const usage =
  'usage: npm run soak -- [--minutes N | --seconds N] [--rate EVENTS_PER_SECOND] [--kills EVERY_SECONDS] [--seed N] [--keep FOLDER] [--json]';

export class OptionError extends Error {
  readonly code = 'OPTION_INVALID';
}

const parseNumber = (name: string, given: string, least: number, most: number): number => {
  const value = Number(given);
  if (given.trim() !== '' && value >= least && value <= most) return value;
  throw new OptionError(`--${name}: given ${given}; allowed: a number from ${least} to ${most}`);
};

const longestSeconds = 86_400;

/** Reads the options of the command line. @throws OptionError, or an error of parseArgs */
export const readOptions = (args: readonly string[]): SoakOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      seconds: { type: 'string' },
      rate: { type: 'string', default: '30' },
      kills: { type: 'string', default: '25' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      keep: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { minutes, seconds, rate, kills, seed, keep, json } = values;
  return {
    seconds:
      seconds === undefined
        ? parseNumber('minutes', minutes, 0.05, longestSeconds / 60) * 60
        : parseNumber('seconds', seconds, 3, longestSeconds),
    rate: parseNumber('rate', rate, 1, 10_000),
    kills: parseNumber('kills', kills, 0, longestSeconds),
    seed: Math.trunc(parseNumber('seed', seed, 0, 2 ** 31)),
    ...(keep !== undefined && { keep }),
    json,
  };
};
