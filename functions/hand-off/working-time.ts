import { dayMs, hourMs, weekdays } from '../../events/index.ts';
import type { Calendar } from '../../shared/scoring/index.ts';

/**
 * The most days that a deadline can be ahead. A calendar may have next to no working time, such as a minute a week; a
 * deadline that it doesn't reach within ten years passes then, so that no search is endless.
 */
const mostDays = 3_660;

/** A stretch of working time, in milliseconds since 1970: from `start` up to, but without, `end`. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Loads time zones when the first calendar asks for them: this takes longer than all else that a cold start does, and
 * most policies have no calendar.
 */
const loadTemporal = async () => (await import('temporal-polyfill')).Temporal;

/**
 * Returns the stretches of working time from an instant on, at most one a day. If the clocks change at `open` or
 * `close`, the first of an hour that comes twice counts, and one that is left out counts as an hour later.
 */
const listStretches = async (from: number, calendar: Calendar): Promise<Iterable<Stretch>> => {
  const { zone: timeZone, days, open, close, holidays } = calendar;
  const Temporal = await loadTemporal();
  const closed = new Set(holidays);
  const worked = new Set(days.map((day) => weekdays.indexOf(day) + 1));
  return (function* () {
    const first = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).toPlainDate();
    for (let i = 0; i <= mostDays; i++) {
      const day = first.add({ days: i });
      if (!worked.has(day.dayOfWeek) || closed.has(day.toString())) continue;
      const at = (plainTime: string) => day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
      const [start, end] = [Math.max(from, at(open)), at(close)];
      if (start < end) yield { start, end };
    }
  })();
};

/**
 * Returns the instant at which an amount of working time has passed. Without a calendar, all hours count.
 *
 * @example
 * // Friday 16:30 in Berlin, open until 17:00: half an hour on Friday, one and a half on Monday
 * await addWorkingTime(Date.parse('2026-03-27T15:30:00Z'), 2, berlin); // Monday 10:30, which is 08:30Z
 * @param from milliseconds since 1970
 * @returns milliseconds since 1970, at most ten years ahead if there is a calendar
 */
export const addWorkingTime = async (from: number, hours: number, calendar?: Calendar): Promise<number> => {
  const ms = Math.round(hours * hourMs);
  if (calendar === undefined || ms <= 0) return from + ms;
  let left = ms;
  for (const { start, end } of await listStretches(from, calendar)) {
    if (left <= end - start) return start + left;
    left -= end - start;
  }
  return from + mostDays * dayMs;
};

/** Returns the hours of working time between two instants, in milliseconds since 1970. */
export const measureWorkingTime = async (from: number, to: number, calendar?: Calendar): Promise<number> => {
  if (calendar === undefined || to <= from) return Math.max(0, to - from) / hourMs;
  let ms = 0;
  for (const { start, end } of await listStretches(from, calendar)) {
    if (start >= to) break;
    ms += Math.min(end, to) - start;
  }
  return ms / hourMs;
};
