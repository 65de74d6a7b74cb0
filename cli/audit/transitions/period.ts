import { InvalidArgumentError } from 'commander';
import { dayMs } from '../../../events/index.ts';

const day = /^\d{4}-\d\d-\d\d$/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

const refuse = (given: string): never => {
  throw new InvalidArgumentError(
    `given ${JSON.stringify(given)}; allowed: a day or a UTC instant in ISO 8601, such as 2026-03-01 or 2026-03-01T09:00:00Z`,
  );
};

/** Returns milliseconds since 1970. 30 February is refused, though Date accepts it. */
const parse = (given: string): number => {
  const at = day.test(given) || instant.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(given.slice(0, 10))) return refuse(given);
  return at;
};

/** Parses the beginning of a period: a day begins at midnight, UTC. */
export const parsePeriodStart = (given: string): number => parse(given);

/** Parses the end of a period, and returns the first millisecond after it: the given day or instant belongs to it. */
export const parsePeriodEnd = (given: string): number => parse(given) + (day.test(given) ? dayMs : 1);
