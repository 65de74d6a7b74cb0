import { offsetPattern, parseOffset } from './date-offset.ts';
import { computeLocal, type WrittenDate } from './local-time.ts';
import { createMonthReader, nameMonth } from './month-names.ts';

/** The parts of a date as numbers. */
interface Parts {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
  /** 0 for AM, 12 for PM. */
  half?: number;
  /** Minutes east of UTC. */
  offset?: number;
}

export interface PatternOptions {
  /** The language of month names, beside English. */
  readonly locale: string;
  /** The first of the hundred years that two digits mean. */
  readonly firstYear: number;
}

interface Token {
  /** The field that the token fills. No field may be there twice. */
  readonly field: string;
  /** The text that the token reads, as a regular expression without groups. */
  readonly pattern: string;
  /** Puts what was read into the parts. Returns false if there is no such value. */
  read(text: string, parts: Parts, options: PatternOptions): boolean;
  /** Writes the token's part of the example, 28 April 2025, 14:05:30.123 in UTC. */
  write(options: PatternOptions): string;
}

const numberToken = (
  field: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second',
  pattern: string,
  written: string,
): Token => ({
  field,
  pattern,
  read(text, parts) {
    parts[field] = Number(text);
    return true;
  },
  write: () => written,
});

/** The pattern of letters in any language, with a dot behind them. */
const letters = "[\\p{L}\\p{M}’']+\\.?";

const monthToken = (length: 'long' | 'short'): Token => ({
  field: 'month',
  pattern: letters,
  read(text, parts, { locale }) {
    const month = createMonthReaderOnce(locale)(text);
    if (month === undefined) return false;
    parts.month = month;
    return true;
  },
  write: ({ locale }) => nameMonth(4, length, locale),
});

const monthReaders = new Map<string, ReturnType<typeof createMonthReader>>();
const createMonthReaderOnce = (locale: string) => {
  const reader = monthReaders.get(locale) ?? createMonthReader(locale);
  monthReaders.set(locale, reader);
  return reader;
};

/** Weekdays are read over: the day says which one it is. */
const weekdayToken = (weekday: 'long' | 'short'): Token => ({
  field: 'weekday',
  pattern: letters,
  read: () => true,
  write: ({ locale }) =>
    new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(Date.UTC(2025, 3, 28)),
});

const hourOfTwelve = (pattern: string, written: string): Token => ({
  ...numberToken('hour', pattern, written),
  read(text, parts) {
    const hour = Number(text);
    parts.hour = hour % 12;
    return hour >= 1 && hour <= 12;
  },
});

const fractionToken = (digits: string): Token => ({
  field: 'fraction',
  pattern: `\\d${digits}`,
  read(text, parts) {
    parts.millisecond = Number(text.slice(0, 3).padEnd(3, '0'));
    return true;
  },
  write: () => '123',
});

/** The tokens of date patterns, as Java writes them. */
const tokens: ReadonlyMap<string, Token> = new Map<string, Token>([
  ['yyyy', numberToken('year', '\\d{4}', '2025')],
  [
    'yy',
    {
      ...numberToken('year', '\\d\\d', '25'),
      read(text, parts, { firstYear }) {
        const century = firstYear - (firstYear % 100);
        const year = century + Number(text);
        parts.year = year < firstYear ? year + 100 : year;
        return true;
      },
    },
  ],
  ['MM', numberToken('month', '\\d\\d', '04')],
  ['M', numberToken('month', '\\d{1,2}', '4')],
  ['MMM', monthToken('short')],
  ['MMMM', monthToken('long')],
  ['dd', numberToken('day', '\\d\\d', '28')],
  ['d', numberToken('day', '\\d{1,2}', '28')],
  ['EEE', weekdayToken('short')],
  ['EEEE', weekdayToken('long')],
  ['HH', numberToken('hour', '\\d\\d', '14')],
  ['H', numberToken('hour', '\\d{1,2}', '14')],
  ['hh', hourOfTwelve('\\d\\d', '02')],
  ['h', hourOfTwelve('\\d{1,2}', '2')],
  ['mm', numberToken('minute', '\\d\\d', '05')],
  ['ss', numberToken('second', '\\d\\d', '30')],
  ['SSS', fractionToken('{3}')],
  ['S', fractionToken('+')],
  [
    'a',
    {
      field: 'half',
      pattern: '[ap]\\.?\\s?m\\.?',
      read(text, parts) {
        parts.half = /^p/i.test(text) ? 12 : 0;
        return true;
      },
      write: () => 'PM',
    },
  ],
  [
    'Z',
    {
      field: 'offset',
      pattern: offsetPattern,
      read(text, parts) {
        parts.offset = parseOffset(text);
        return true;
      },
      write: () => '+00:00',
    },
  ],
]);

/** The names of all tokens. */
export const dateTokens: readonly string[] = [...tokens.keys()];

/** A piece of a pattern: a token, or a text that stands for itself. */
type Piece = { readonly token: Token; readonly name: string } | { readonly literal: string };

/** Returns the pieces of a pattern, or `undefined` if it has letters that are no token. */
const parsePattern = (format: string): Piece[] | undefined => {
  const pieces = [...format.matchAll(/'(?<quoted>[^']*)'|(?<letters>([A-Za-z])\3*)|(?<other>[^A-Za-z])/g)];
  const parsed: Piece[] = [];
  for (const { groups: { quoted, letters: name, other = '' } = {} } of pieces) {
    if (name === undefined) {
      // A quote that is never closed stands for itself.
      parsed.push({ literal: quoted ?? other });
      continue;
    }
    const token = tokens.get(name);
    if (token === undefined) return undefined;
    parsed.push({ token, name });
  }
  return parsed;
};

/** Whether tokens make sense together: a 12-hour clock needs its half of the day, a 24-hour clock has none. */
const makesSense = (pieces: readonly Piece[]): boolean => {
  const found = pieces.flatMap((piece) => ('token' in piece ? [piece] : []));
  const fields = found.map(({ token }) => token.field);
  const has = (field: string) => fields.includes(field);
  const ofTwelve = found.some(({ name }) => name.startsWith('h'));
  const once = new Set(fields).size === fields.length;
  const nested =
    (!has('minute') || has('hour')) &&
    (!has('second') || has('minute')) &&
    (!has('fraction') || has('second')) &&
    (!has('offset') || has('hour'));
  return once && nested && ofTwelve === has('half') && has('year') && has('month') && has('day');
};

const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Returns the regular expression of a literal. A blank stands for any white space: U+202F before PM, for one. */
const literalPattern = (literal: string): string =>
  literal
    .split(/(\s+)/)
    .map((part) => (/^\s+$/.test(part) ? '\\s+' : escapeRegExp(part)))
    .join('');

export interface DatePattern {
  /** Reads a date. Returns `undefined` if the text isn't of the pattern, or no such day exists. */
  read(text: string): WrittenDate | undefined;
  /** A date in the pattern, for people. */
  readonly example: string;
}

/** Compiles a date pattern such as `dd MMM yyyy HH:mm`. Returns `undefined` if it makes no sense. */
export const compileDatePattern = (format: string, options: PatternOptions): DatePattern | undefined => {
  const pieces = parsePattern(format);
  if (pieces === undefined || !makesSense(pieces)) return undefined;
  const used = pieces.flatMap((piece) => ('token' in piece ? [piece.token] : []));
  const source = pieces.map((piece) =>
    'token' in piece ? `(${piece.token.pattern})` : literalPattern(piece.literal),
  );
  const expression = new RegExp(`^${source.join('')}$`, 'iu');
  return {
    read(text) {
      const [matched, ...texts] = expression.exec(text) ?? [];
      const parts: Parts = {};
      if (matched === undefined) return undefined;
      if (!used.every((token, index) => token.read(texts[index] ?? '', parts, options))) return undefined;
      const { half = 0, offset, hour = 0, year = 0, month = 0, day = 0, ...time } = parts;
      const local = computeLocal({ ...time, year, month, day, hour: hour + half });
      return local === undefined ? undefined : { local, offset };
    },
    example: pieces.map((piece) => ('token' in piece ? piece.token.write(options) : piece.literal)).join(''),
  };
};
