const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
};

export const isTimeZone = (name: string): boolean => {
  try {
    return formatterOf(name) !== undefined;
  } catch {
    return false;
  }
};

const dayMs = 86_400_000;

/** What clocks in the zone show at an instant, less the instant, in milliseconds. */
const offsetAt = (instant: number, timeZone: string): number => {
  const parts = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
};

/**
 * The instant at which clocks in the zone show a local time, both in milliseconds since 1970.
 *
 * When the clocks were put back the local time came twice: the earlier is meant. When they were put forward
 * it never came: it is moved on by what was left out. Both as Temporal's `compatible` has it.
 */
export const instantOf = (local: number, timeZone: string): number => {
  if (timeZone === 'UTC') return local;
  const before = offsetAt(local - dayMs, timeZone);
  const after = offsetAt(local + dayMs, timeZone);
  const earlier = local - before;
  if (before === after || offsetAt(earlier, timeZone) === before) return earlier;
  const later = local - after;
  return offsetAt(later, timeZone) === after ? later : earlier;
};
