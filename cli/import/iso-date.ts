import { DateTime } from 'luxon';
import { offsetPattern } from './date-pattern.ts';

/** The forms of a day in ISO 8601, with hyphens or without: a date, a day of a week, a day of a year. */
const day = '\\d{4}-\\d\\d-\\d\\d|\\d{8}|\\d{4}-W\\d\\d-\\d|\\d{4}W\\d{3}|\\d{4}-\\d{3}|\\d{7}';
/** The forms of a time, down to the hour or to any fraction of a second. luxon would also read 24:00. */
const time = '(?:[01]\\d|2[0-3])(?::?[0-5]\\d(?::?[0-5]\\d(?:[.,]\\d+)?)?)?';

/**
 * The pattern of a day, or of a day and a time with or without an offset. Between them may be a T or white space, as
 * databases write it, and behind an offset the name of its zone in brackets, as Java writes it.
 */
const isoPattern = new RegExp(
  `^(?<day>${day})(?:(?:[Tt]|\\s+)(?<time>${time})\\s*(?<offset>${offsetPattern})?(?:\\[[\\w/+-]+\\])?)?$`,
  'u',
);

/** The digits of a fraction that are read: luxon would make a whole second of thirty nines. */
const mostDigits = 9;

/**
 * Reads a date of ISO 8601. Returns the local time as if it were UTC, and whether the text had an offset; the instant
 * is exact then.
 */
export const readIsoDate = (
  text: string,
): { readonly time: DateTime; readonly hasOffset: boolean } | undefined => {
  const { day, time, offset } = isoPattern.exec(text)?.groups ?? {};
  if (day === undefined) return undefined;
  const cut = time?.replace(new RegExp(`([.,]\\d{${mostDigits}})\\d+$`), '$1');
  const zone = offset === undefined || /^(?:UTC|GMT|z)$/.test(offset) ? 'Z' : offset.replace('\u2212', '-');
  const read = DateTime.fromISO(cut === undefined ? day : `${day}T${cut}${zone}`, { zone: 'utc' });
  return read.isValid ? { time: read, hasOffset: offset !== undefined } : undefined;
};

/** The forms of ISO 8601, for people. */
export const isoExample = '2025-04-28, 2025-04-28 14:05, 2025-04-28T14:05:30.123Z or 2025-04-28 14:05:30+02';
