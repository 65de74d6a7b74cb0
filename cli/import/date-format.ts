import { DateTime } from 'luxon';

/** Reads a date as milliseconds since 1970. Returns `undefined` if the text isn't of the format, or no such day exists. */
export type ReadDate = (text: string) => number | undefined;

/** The tokens of luxon that a date format may hold. */
export const dateTokens: readonly string[] = [
  'yyyy',
  'MM',
  'M',
  'dd',
  'd',
  'HH',
  'H',
  'hh',
  'h',
  'mm',
  'ss',
  'SSS',
  'a',
];

const namedFormats = {
  iso: readIso,
  'epoch-seconds': readEpoch(1000),
  'epoch-milliseconds': readEpoch(1),
} as const;

const isNamed = (format: string): format is keyof typeof namedFormats => Object.hasOwn(namedFormats, format);

/** The list of date formats, for people. */
export const allowedDateFormats =
  `${Object.keys(namedFormats).join(', ')}, or a pattern of ${dateTokens.join(' ')} with ` +
  'year, month and day, each once, such as dd-MM-yyyy HH:mm';

/**
 * Returns the instant at which clocks in a zone show a local time. If they show it twice, it is the first; if they leave
 * it out, luxon moves it on by what was left out. Both as Temporal's `compatible`.
 *
 * @param local the local time as if it were UTC. The text isn't read in its zone directly: luxon would begin with
 * today's offset, and the result would depend on when the import runs.
 */
const resolveInstant = (local: DateTime, timeZone: string): number | undefined =>
  local.setZone(timeZone, { keepLocalTime: true }).getPossibleOffsets()[0]?.toMillis();

/**
 * The pattern of a day, or of a day and a time. luxon also reads the weeks of ISO 8601, 24:00, and offsets of any size.
 */
const isoPattern =
  /^\d{4}-\d\d-\d\d(?:[T ](?:[01]\d|2[0-3]):\d\d(?::\d\d(?:[.,]\d{1,9})?)?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$/;

/** Reads an ISO 8601 date. An offset in the text goes before the time zone. */
function readIso(text: string, timeZone: string): number | undefined {
  const match = isoPattern.exec(text);
  if (match === null) return undefined;
  const [, offset] = match;
  const read = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' });
  if (!read.isValid) return undefined;
  return offset === undefined ? resolveInstant(read, timeZone) : read.toMillis();
}

function readEpoch(unit: number) {
  return (text: string): number | undefined => (/^\d{1,14}$/.test(text) ? Number(text) * unit : undefined);
}

/** Returns the tokens of a pattern; letters in single quotes, and all that is no letter, stand for themselves. */
const parseTokens = (format: string): string[] =>
  [...format.matchAll(/'[^']*'|([A-Za-z])\1*/g)]
    .map(([piece]) => piece)
    .filter((piece) => !piece.startsWith("'"));

/** Whether the tokens make sense together: a 12-hour clock needs its half of the day, a 24-hour clock has none. */
const makesSense = (tokens: readonly string[]): boolean => {
  const fields = tokens.map((token) => token.charAt(0));
  const has = (field: string) => fields.includes(field);
  const once = new Set(fields).size === fields.length;
  const clock = has('h') === has('a') && !(has('h') && has('H'));
  const nested = (!has('m') || has('H') || has('h')) && (!has('s') || has('m')) && (!has('S') || has('s'));
  return once && clock && nested && has('y') && has('M') && has('d');
};

/** Returns a format in luxon's quoting, in which a quote that stands for itself is two, and an empty pair is one. */
const forLuxon = (format: string): string =>
  format.replace(/'([^']*)'|'/g, (piece, quoted) =>
    quoted === undefined ? "''" : quoted === '' ? '' : piece,
  );

/** The options of each read: AM and PM are in English, whatever the language of the machine. */
const options = { locale: 'en-US', zone: 'utc' };

/**
 * Whether two texts are equal without their zeros and in upper case: a pattern also reads leading zeros that luxon does
 * not write.
 */
const isAlike = (a: string, b: string): boolean =>
  a.replaceAll('0', '').toUpperCase() === b.replaceAll('0', '').toUpperCase();

const compilePattern = (format: string, timeZone: string): ReadDate | undefined => {
  const tokens = parseTokens(format);
  if (!tokens.every((token) => dateTokens.includes(token)) || !makesSense(tokens)) return undefined;
  const pattern = forLuxon(format);
  const parser = DateTime.buildFormatParser(pattern, options);
  return (text) => {
    const local = DateTime.fromFormatParser(text, parser, options);
    // luxon also reads 24:00, 13 PM and 0 AM.
    if (!local.isValid || !isAlike(local.toFormat(pattern), text)) return undefined;
    return resolveInstant(local, timeZone);
  };
};

/**
 * Returns the reader of a date format: `iso`, `epoch-seconds`, `epoch-milliseconds` or a pattern such as
 * `dd-MM-yyyy HH:mm`. A two-digit year isn't among the tokens: nothing says which century is meant.
 *
 * @param timeZone IANA name of the zone that dates without an offset are in.
 * @returns `undefined` if the format makes no sense.
 * @example compileDateFormat('dd.MM.yyyy HH:mm', 'Europe/Berlin')?.('29.03.2026 02:30') // 2026-03-29T01:30:00.000Z
 */
export const compileDateFormat = (format: string, timeZone: string): ReadDate | undefined => {
  if (!isNamed(format)) return compilePattern(format, timeZone);
  const read = namedFormats[format];
  return (text) => read(text, timeZone);
};
