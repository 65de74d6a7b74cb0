import { instantOf } from './time-zone.ts';

/** Reads a date as milliseconds since 1970. `undefined`: the text isn't of the format, or no such day exists. */
export type ReadDate = (text: string) => number | undefined;

/** What may stand in a date format. Anything but a letter stands for itself, as does text in single quotes. */
export const dateTokens = {
  yyyy: '\\d{4}',
  MM: '\\d{2}',
  M: '\\d{1,2}',
  dd: '\\d{2}',
  d: '\\d{1,2}',
  HH: '\\d{2}',
  H: '\\d{1,2}',
  hh: '\\d{2}',
  h: '\\d{1,2}',
  mm: '\\d{2}',
  ss: '\\d{2}',
  SSS: '\\d{3}',
  a: '[AaPp][Mm]',
} as const;
type Token = keyof typeof dateTokens;

const isToken = (text: string): text is Token => Object.hasOwn(dateTokens, text);

const namedFormats = {
  iso: readIso,
  'epoch-seconds': readEpoch(1000),
  'epoch-milliseconds': readEpoch(1),
} as const;

const isNamed = (format: string): format is keyof typeof namedFormats => Object.hasOwn(namedFormats, format);

/** The formats there are, for people. */
export const allowedDateFormats =
  `${Object.keys(namedFormats).join(', ')}, or a pattern of ${Object.keys(dateTokens).join(' ')} with ` +
  'year, month and day, each once, such as dd-MM-yyyy HH:mm';

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** The parts as if they were UTC; `undefined` where a part is out of range, such as 31 February. */
const localTime = (parts: DateParts): number | undefined => {
  const { year, month, day, hour, minute, second, millisecond } = parts;
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCDate() !== day) return undefined;
  return date.setUTCHours(hour, minute, second, millisecond);
};

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

const offsetMinutes = (offset: string): number | undefined => {
  if (offset === 'Z') return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  if (hours > 14 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
};

/** ISO 8601: a day, or a day and a time. An offset in the text goes before the time zone. */
function readIso(text: string, timeZone: string): number | undefined {
  const match = isoPattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const local = localTime({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? '').slice(0, 3).padEnd(3, '0')),
  });
  if (local === undefined) return undefined;
  if (offset === undefined) return instantOf(local, timeZone);
  const minutes = offsetMinutes(offset);
  return minutes === undefined ? undefined : local - minutes * 60_000;
}

function readEpoch(unit: number) {
  return (text: string): number | undefined => (/^\d{1,14}$/.test(text) ? Number(text) * unit : undefined);
}

type Piece = { readonly token: Token } | { readonly literal: string };

const piecesOf = (format: string): Piece[] | undefined => {
  const pieces: Piece[] = [];
  for (const [piece, quoted] of format.matchAll(/'([^']*)'|([A-Za-z])\2*|[^A-Za-z]/g)) {
    if (quoted !== undefined) pieces.push({ literal: quoted });
    else if (!/^[A-Za-z]/.test(piece)) pieces.push({ literal: piece });
    else if (isToken(piece)) pieces.push({ token: piece });
    else return undefined;
  }
  return pieces;
};

const fieldOf = (token: Token): string => (token === 'h' || token === 'hh' ? 'h' : token.charAt(0));

/** A 12-hour clock needs its half of the day, a 24-hour clock has none. */
const makesSense = (fields: readonly string[]): boolean => {
  const has = (field: string) => fields.includes(field);
  const once = new Set(fields).size === fields.length;
  const clock = has('h') === has('a') && !(has('h') && has('H'));
  const nested = (!has('m') || has('H') || has('h')) && (!has('s') || has('m')) && (!has('S') || has('s'));
  return once && clock && nested && has('y') && has('M') && has('d');
};

const escaped = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const hourOf = (values: ReadonlyMap<string, string>): number => {
  const twelve = values.get('h');
  if (twelve === undefined) return Number(values.get('H') ?? 0);
  const hour = Number(twelve);
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (values.get('a')?.toLowerCase() === 'pm' ? 12 : 0);
};

const compilePattern = (format: string, timeZone: string): ReadDate | undefined => {
  const pieces = piecesOf(format);
  const tokens = pieces?.flatMap((piece) => ('token' in piece ? [piece.token] : []));
  if (pieces === undefined || tokens === undefined) return undefined;
  const fields = tokens.map(fieldOf);
  if (!makesSense(fields)) return undefined;
  const source = pieces.map((piece) =>
    'token' in piece ? `(${dateTokens[piece.token]})` : escaped(piece.literal),
  );
  const pattern = new RegExp(`^${source.join('')}$`);
  return (text) => {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const values = new Map(fields.map((field, index) => [field, match[index + 1] ?? '']));
    const part = (field: string) => Number(values.get(field) ?? 0);
    const hour = hourOf(values);
    if (Number.isNaN(hour)) return undefined;
    const local = localTime({
      year: part('y'),
      month: part('M'),
      day: part('d'),
      hour,
      minute: part('m'),
      second: part('s'),
      millisecond: part('S'),
    });
    return local === undefined ? undefined : instantOf(local, timeZone);
  };
};

/**
 * Makes the reader of a date format: `iso`, `epoch-seconds`, `epoch-milliseconds` or a pattern such as
 * `dd-MM-yyyy HH:mm`. A two-digit year isn't among the tokens: nothing says which century is meant.
 *
 * @param timeZone IANA name of the zone that dates without an offset are in.
 * @returns `undefined` where the format makes no sense.
 */
export const compileDateFormat = (format: string, timeZone: string): ReadDate | undefined => {
  if (!isNamed(format)) return compilePattern(format, timeZone);
  const read = namedFormats[format];
  return (text) => read(text, timeZone);
};
