import { dayMs, hourMs, minuteMs } from '../../../events/index.ts';

/** Returns the first instant after another one at which a schedule runs, both in milliseconds since 1970. */
export type FindNextRun = (after: number) => number;

const units: ReadonlyMap<string, number> = new Map([
  ['minute', minuteMs],
  ['hour', hourMs],
  ['day', dayMs],
]);

/** The longest period. A timer takes no more than 24 days. */
const longestPeriodMs = 24 * dayMs;

/** A rate begins with the creation of its schedule on AWS; here it runs at whole multiples since 1970, so that runs repeat. */
const parseRate = (text: string): FindNextRun | undefined => {
  const [, count = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text) ?? [];
  const period = Number(count) * (units.get(unit) ?? 0);
  return period > 0 && period <= longestPeriodMs
    ? (after) => (Math.floor(after / period) + 1) * period
    : undefined;
};

/**
 * Returns the values of a field of a cron expression: `*`, a number, a range such as `9-17`, one of them with a step such
 * as `2/5`, or several with commas in between.
 */
const parseField = (field: string, size: number): ReadonlySet<number> | undefined => {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [, all, first, last, step] = /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? [];
    const from = all === undefined ? Number(first) : 0;
    const to =
      all !== undefined || (step !== undefined && last === undefined) ? size - 1 : Number(last ?? first);
    const by = Number(step ?? 1);
    if (!(from <= to && to < size && by > 0)) return undefined;
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return values;
};

/** Parses a cron expression that runs every day: minutes, hours, and a day, month, weekday and year that are any. */
const parseCron = (text: string): FindNextRun | undefined => {
  const [, fields = ''] = /^cron\((.+)\)$/.exec(text) ?? [];
  const [minute = '', hour = '', ...days] = fields.split(' ');
  const minutes = parseField(minute, 60);
  const hours = parseField(hour, 24);
  if (!minutes || !hours || days.length !== 4 || !days.every((day) => day === '*' || day === '?'))
    return undefined;
  const runs = [...hours]
    .flatMap((h) => [...minutes].map((m) => h * hourMs + m * minuteMs))
    .toSorted((a, b) => a - b);
  return (after) => {
    const midnight = Math.floor(after / dayMs) * dayMs;
    const today = runs.find((run) => midnight + run > after);
    return today === undefined ? midnight + dayMs + (runs[0] ?? 0) : midnight + today;
  };
};

/**
 * Parses the expression of a schedule, in UTC. Returns undefined for one that the local stack doesn't run: days of a week
 * or month, and `at(…)`.
 */
export const parseScheduleExpression = (text: string): FindNextRun | undefined =>
  parseRate(text) ?? parseCron(text);
