import { dayMs } from '../../events/index.ts';
import { offsetPattern, parseOffset } from './date-offset.ts';
import { computeLocal, type WrittenDate } from './local-time.ts';

/** The forms of a day in ISO 8601, with hyphens or without: a date, a day of a week, a day of a year. */
const date = '(?<year>\\d{4})(?:-(?<month>\\d\\d)-(?<day>\\d\\d)|(?<month>\\d\\d)(?<day>\\d\\d))';
const weekDate =
  '(?<weekYear>\\d{4})(?:-W(?<week>\\d\\d)-(?<weekday>[1-7])|W(?<week>\\d\\d)(?<weekday>[1-7]))';
const yearDate = '(?<ordinalYear>\\d{4})-?(?<ordinal>\\d{3})';

/** The forms of a time, down to the hour or to any fraction of a second. The day ends before 24:00. */
const time =
  '(?<hour>[01]\\d|2[0-3])(?::?(?<minute>[0-5]\\d)(?::?(?<second>[0-5]\\d)(?:[.,](?<fraction>\\d+))?)?)?';

/**
 * The pattern of a day, or of a day and a time with or without an offset. Between them may be a T or white space, as
 * databases write it, and behind an offset the name of its zone in brackets, as Java writes it.
 */
const isoPattern = new RegExp(
  `^(?:${date}|${weekDate}|${yearDate})(?:(?:[Tt]|\\s+)${time}\\s*(?<offset>${offsetPattern})?(?:\\[[\\w/+-]+\\])?)?$`,
  'u',
);

/** Returns the day of a year, counted from 1, or `undefined` if the year has no such day. */
const findOrdinalDay = (year: number, ordinal: number): number | undefined => {
  const first = computeLocal({ year, month: 1, day: 1 }) ?? 0;
  const found = first + (ordinal - 1) * dayMs;
  return new Date(found).getUTCFullYear() === year ? found : undefined;
};

/** Returns the day of a week, or `undefined` if the year has no such week. Week 1 is the one with 4 January. */
const findWeekDay = (year: number, week: number, weekday: number): number | undefined => {
  const fourth = computeLocal({ year, month: 1, day: 4 }) ?? 0;
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * dayMs;
  const found = monday + (week - 1) * 7 * dayMs;
  // A week belongs to the year of its Thursday.
  if (new Date(found + 3 * dayMs).getUTCFullYear() !== year) return undefined;
  return found + (weekday - 1) * dayMs;
};

const findDay = (found: Readonly<Record<string, string | undefined>>): number | undefined => {
  if (found.weekYear !== undefined) {
    return findWeekDay(Number(found.weekYear), Number(found.week), Number(found.weekday));
  }
  if (found.ordinalYear !== undefined)
    return findOrdinalDay(Number(found.ordinalYear), Number(found.ordinal));
  return computeLocal({ year: Number(found.year), month: Number(found.month), day: Number(found.day) });
};

/** Reads a date of ISO 8601. */
export const readIsoDate = (text: string): WrittenDate | undefined => {
  const found = isoPattern.exec(text)?.groups;
  const day = found === undefined ? undefined : findDay(found);
  if (found === undefined || day === undefined) return undefined;
  const { hour = '0', minute = '0', second = '0', fraction = '', offset } = found;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const local = day + seconds * 1000 + milliseconds;
  return { local, offset: offset === undefined ? undefined : parseOffset(offset) };
};

/** The forms of ISO 8601, for people. */
export const isoExample = '2025-04-28, 2025-04-28 14:05, 2025-04-28T14:05:30.123Z or 2025-04-28 14:05:30+02';
