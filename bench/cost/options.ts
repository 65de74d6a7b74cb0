import { parseArgs } from 'node:util';

/** A month of one's own: the leads that are known, and the events that arrive. */
export interface Volume {
  readonly leads: number;
  readonly events: number;
}

const usage = `usage: npm run cost                                   the cost of a million events, and of a month without
       npm run cost -- --leads NUMBER --events NUMBER   the cost of a month with so many leads and events
       npm run cost -- --people NUMBER                  the cost of a month of the console on AWS`;

/** The bounds of the numbers. More would be nothing that one account takes: 10,000,000,000 events are 3,800 a second. */
const bounds = {
  leads: { least: 1, most: 1_000_000_000 },
  events: { least: 0, most: 10_000_000_000 },
  people: { least: 1, most: 1_000_000 },
} as const;

/** A wrong call of the command, with what is allowed. */
export class VolumeError extends Error {
  constructor(message: string) {
    super(`${message}\n${usage}`);
    this.name = 'VolumeError';
  }
}

const readNumber = (name: keyof typeof bounds, given: string): number => {
  const { least, most } = bounds[name];
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= least && value <= most) return value;
  throw new VolumeError(
    `--${name}: given ${JSON.stringify(given)}; allowed: a whole number from ${least} to ${most}, in digits alone`,
  );
};

/**
 * Returns the number of people who use the console, or `undefined` if the arguments don't name it.
 *
 * @throws VolumeError
 */
export const readPeople = (args: readonly string[]): number | undefined => {
  if (!args.some((arg) => /^--people(=|$)/.test(arg))) return undefined;
  try {
    const { values } = parseArgs({ args: [...args], options: { people: { type: 'string' } } });
    return readNumber('people', values.people ?? '');
  } catch (error) {
    if (error instanceof VolumeError) throw error;
    throw new VolumeError(error instanceof Error ? error.message : String(error));
  }
};

/**
 * Returns the volume that the arguments name, or `undefined` if they name none.
 *
 * @throws VolumeError
 */
export const readVolume = (args: readonly string[]): Volume | undefined => {
  let values: { leads?: string; events?: string };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { leads: { type: 'string' }, events: { type: 'string' } },
    }));
  } catch (error) {
    throw new VolumeError(error instanceof Error ? error.message : String(error));
  }
  const { leads, events } = values;
  if (leads === undefined && events === undefined) return undefined;
  if (leads === undefined || events === undefined)
    throw new VolumeError(
      `--${leads === undefined ? 'leads' : 'events'} is missing: a month needs both numbers`,
    );
  return { leads: readNumber('leads', leads), events: readNumber('events', events) };
};
