import { parseArgs } from 'node:util';

export interface Options {
  /** The seed to run step by step. */
  readonly seed?: number;
  readonly seeds: number;
  readonly from: number;
  readonly workers: number;
}

/** An option that is malformed or out of range. */
export class OptionError extends Error {
  readonly code = 'OPTION';
}

const wholeNumber = (name: string, given: string, least: number): number => {
  const value = Number(given);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new OptionError(
    `--${name}: given ${JSON.stringify(given)}; allowed: a whole number of at least ${least}`,
  );
};

export const usage = `npm run simulate -- --seed N                          one seed, step by step
npm run simulate -- --seeds N [--from N] [--workers N]  many seeds, from 1 on`;

/** Reads the options of the command line. @throws OptionError */
export const readOptions = (args: readonly string[]): Options => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { seed: text, seeds: text, from: text, workers: text },
  });
  const { seed, seeds = '500', from = '1', workers = '1' } = values;
  return {
    ...(seed !== undefined && { seed: wholeNumber('seed', seed, 0) }),
    seeds: wholeNumber('seeds', seeds, 1),
    from: wholeNumber('from', from, 0),
    workers: wholeNumber('workers', workers, 1),
  };
};
