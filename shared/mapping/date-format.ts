import { compileDatePattern, dateTokens } from './date-pattern.ts';
import { isoExample, readIsoDate } from './iso-date.ts';
import { toInstant, type WrittenDate } from './local-time.ts';

/** Reads a date as milliseconds since 1970. Returns `undefined` if the text isn't of the format, or no such day exists. */
type ReadDate = (text: string) => number | undefined;

export interface DateFormat {
  readonly read: ReadDate;
  /** One date in the format, or several forms of it, for people. */
  readonly example: string;
}

export interface DateOptions {
  /**
   * The IANA name of the zone that dates without an offset are in.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string | undefined;
  /**
   * The language of month names, as a BCP 47 tag. English names are always read.
   *
   * @default 'en'
   */
  readonly locale?: string | undefined;
  /**
   * The two digits that are the first year of a century: with 70, `70` is 1970 and `69` is 2069.
   *
   * @default 0: all are of this century
   */
  readonly pivot?: number | undefined;
}

type Compile = (timeZone: string) => DateFormat;

/** Returns the format whose texts a function reads as they were written. */
const written =
  (read: (text: string) => WrittenDate | undefined, example: string): Compile =>
  (timeZone) => ({
    read(text) {
      const found = read(text);
      return found === undefined ? undefined : toInstant(found, timeZone);
    },
    example,
  });

const epoch =
  (unit: number, example: string): Compile =>
  () => ({
    read: (text) => (/^\d{1,14}$/.test(text) ? Number(text) * unit : undefined),
    example,
  });

/**
 * Returns the format of a spreadsheet's dates, days since the first one with the time of day as a fraction. Their
 * fractions are rounded, so the time is rounded to the second.
 *
 * @param daysTo1970 the serial of 1 January 1970. A system that begins in 1900 has a 29 February 1900 too many, which
 * is long before the first date that an event may have.
 */
const excelSerial = (daysTo1970: number, example: string): Compile =>
  written((text) => {
    if (!/^\d{1,6}(?:[.,]\d+)?$/.test(text)) return undefined;
    const seconds = Math.round((Number(text.replace(',', '.')) - daysTo1970) * 86_400);
    return { local: seconds * 1000, offset: undefined };
  }, example);

const namedFormats: ReadonlyMap<string, Compile> = new Map<string, Compile>([
  ['iso', written(readIsoDate, isoExample)],
  ['epoch-seconds', epoch(1000, '1745849130')],
  ['epoch-milliseconds', epoch(1, '1745849130123')],
  ['excel-serial', excelSerial(25_569, '45775 or 45775.587')],
  ['excel-serial-1904', excelSerial(24_107, '44313 or 44313.587')],
]);

/** The list of date formats, for people. */
export const allowedDateFormats =
  `${[...namedFormats.keys()].join(', ')}, or a pattern of ${dateTokens.join(' ')} with ` +
  'year, month and day, each once, such as dd-MM-yyyy HH:mm';

/** The year with which two digits begin if the mapping has no pivot. No event may be older. */
const thisCentury = 2000;

/**
 * Compiles a date format: a name such as `iso` or `excel-serial`, or a pattern such as `dd MMM yyyy HH:mm`.
 *
 * @returns `undefined` if the format makes no sense.
 * @example
 * compileDateFormat('dd.MM.yyyy HH:mm', { timeZone: 'Europe/Berlin' })?.read('29.03.2026 02:30') // 2026-03-29T01:30:00.000Z
 */
export const compileDateFormat = (
  format: string,
  { timeZone = 'UTC', locale = 'en', pivot = 0 }: DateOptions = {},
): DateFormat | undefined => {
  const named = namedFormats.get(format);
  if (named !== undefined) return named(timeZone);
  const firstYear = pivot === 0 ? thisCentury : thisCentury - 100 + pivot;
  const pattern = compileDatePattern(format, { locale, firstYear });
  if (pattern === undefined) return undefined;
  return written(pattern.read, pattern.example)(timeZone);
};
