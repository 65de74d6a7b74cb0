import { minuteMs } from '../../events/index.ts';

interface LocalParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number | undefined;
  readonly minute?: number | undefined;
  readonly second?: number | undefined;
  readonly millisecond?: number | undefined;
}

/** A date as it was written: what clocks show, and the offset from UTC if the text has one. */
export interface WrittenDate {
  /** The local time as if it were UTC, in milliseconds since 1970. */
  readonly local: number;
  /** Minutes east of UTC. */
  readonly offset: number | undefined;
}

/** Returns a local time as if it were UTC, in milliseconds since 1970, or `undefined` if no such time exists. */
export const computeLocal = ({
  year,
  month,
  day,
  hour = 0,
  minute = 0,
  second = 0,
  millisecond = 0,
}: LocalParts): number | undefined => {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  // `Date.UTC` would read the years 0 to 99 as those of the 20th century.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, second, millisecond);
};

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Returns the formatter of a zone. The first one of a process takes long to load, so none is made before it is needed. */
const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const numeric = 'numeric' as const;
  const formatter = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  formatters.set(timeZone, formatter);
  return formatter;
};

/** Returns how far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
const offsetAt = (instant: number, timeZone: string): number => {
  const second = Math.floor(instant / 1000) * 1000;
  const parts = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(second)
      .map(({ type, value }) => [type, value]),
  );
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
  const [month, day] = [Number(parts.month), Number(parts.day)];
  const [hour, minute] = [Number(parts.hour), Number(parts.minute)];
  const local = computeLocal({ year, month, day, hour, minute, second: Number(parts.second) });
  return (local ?? second) - second;
};

/** No zone has two changes of its clocks within two days, so that the offsets a day before and after are all there are. */
const aroundMs = 24 * 60 * minuteMs;

/**
 * Returns the instant at which clocks in a zone show a local time. If they show it twice, it is the first; if they leave
 * it out, it is moved on by what was left out. Both as Temporal's `compatible`.
 *
 * @param local the local time as if it were UTC
 */
const resolveInstant = (local: number, timeZone: string): number => {
  if (timeZone === 'UTC') return local;
  const before = offsetAt(local - aroundMs, timeZone);
  const after = offsetAt(local + aroundMs, timeZone);
  const found = [local - before, local - after]
    .filter((instant) => instant + offsetAt(instant, timeZone) === local)
    .sort((a, b) => a - b);
  return found[0] ?? local - before;
};

/** Returns the instant of a date. An offset that was written goes before the time zone. */
export const toInstant = ({ local, offset }: WrittenDate, timeZone: string): number =>
  offset === undefined ? resolveInstant(local, timeZone) : local - offset * minuteMs;
