import { compileDateFormat } from '../../../shared/mapping/index.ts';

export interface DateGuess {
  readonly format: string;
  readonly locale?: string;
  /** Another format that reads the same texts as other days. */
  readonly orElse?: string;
  /** Whether some of the texts are read in a time zone that they don't name. */
  readonly isLocal: boolean;
  /** The part that is first since other dates have it so, though these could be read in the other order too. */
  readonly chosenBy?: DayOrMonth;
  /** A text that isn't of the format. */
  readonly unread?: string;
}

export type DayOrMonth = 'day' | 'month';

/** The order of day and month that a column shows, since its dates exist in one order only. */
export interface ShownOrder {
  readonly column: string;
  readonly first: DayOrMonth;
}

const named = ['iso'];
const numeric = ['epoch-milliseconds', 'epoch-seconds', 'excel-serial'];

const separators = ['/', '.', '-'];
const ordered = [
  (sign: string) => `d${sign}M${sign}yyyy`,
  (sign: string) => `M${sign}d${sign}yyyy`,
  (sign: string) => `yyyy${sign}M${sign}d`,
  (sign: string) => `d${sign}M${sign}yy`,
  (sign: string) => `M${sign}d${sign}yy`,
];
const withMonths = [
  'd MMM yyyy',
  'd MMM, yyyy',
  'd-MMM-yyyy',
  'd-MMM-yy',
  'd/MMM/yyyy',
  'd. MMM yyyy',
  'MMM d, yyyy',
  'MMM d yyyy',
  'EEE, d MMM yyyy',
];
const times = [
  '',
  ...['H:mm', 'H:mm:ss', 'h:mm a', 'h:mm:ss a', 'H:mm:ss.S', 'H:mm:ss Z'].flatMap((time) => [
    ` ${time}`,
    `, ${time}`,
  ]),
];
const languages = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl'];

interface Candidate {
  readonly format: string;
  readonly locale?: string;
}
const candidates: readonly Candidate[] = [
  ...named.map((format) => ({ format })),
  ...separators.flatMap((sign) =>
    ordered.flatMap((order) => times.map((time) => ({ format: order(sign) + time }))),
  ),
  ...languages.flatMap((locale) =>
    withMonths.flatMap((day) =>
      times.map((time) => ({ format: day + time, ...(locale !== 'en' && { locale }) })),
    ),
  ),
];

const compile = ({ format, locale }: Candidate) => {
  const read = compileDateFormat(format, { locale })?.read;
  return { format, locale, read };
};
const compiledCandidates = candidates.map(compile);
const compiledNumeric = numeric.map((format) => compile({ format }));

/** The range of instants that a file of leads may hold, to recognise numbers that are dates. */
const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** The most texts that each candidate is tried on. */
const mostTried = 1_000;

/** The share of texts that a format must read. */
const leastShare = 0.9;

/** Returns the format with day and month in the other order, if it has them in numbers. */
const swapDayAndMonth = (format: string): string | undefined => {
  const swapped = format.replace(/^([dM])([/.-])([dM])\2/, '$3$2$1$2');
  return swapped === format || format.includes('MMM') ? undefined : swapped;
};

const firstPart = (format: string): DayOrMonth => (format.startsWith('d') ? 'day' : 'month');

const isoOffset = /\d[T\s].*(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)$/i;

/** Whether a format reads some of the texts in a time zone that they don't name. */
const isLocal = (format: string, texts: readonly string[]): boolean => {
  if (format === 'iso') return texts.some((text) => !isoOffset.test(text));
  return !format.startsWith('epoch') && !format.includes('Z');
};

/**
 * Finds the format of dates. Of formats that read as many texts the first is taken; the other order of day and month is
 * named if nothing shows which one is meant.
 *
 * @param isExpected whether the column's name says that it holds dates, so that plain numbers may be some
 * @param first the part that is first in other dates of the file: it decides where these don't
 */
export const guessDate = (
  texts: readonly string[],
  isExpected: boolean,
  first?: DayOrMonth,
): DateGuess | undefined => {
  const tried = [...new Set(texts)].slice(0, mostTried);
  const [sample] = tried;
  if (sample === undefined || (!isExpected && /^[\d.,\s]+$/.test(sample))) return undefined;
  const all =
    isExpected && /^\d/.test(sample) ? [...compiledNumeric, ...compiledCandidates] : compiledCandidates;
  let best: (Pick<DateGuess, 'format' | 'locale' | 'unread'> & { readonly count: number }) | undefined;
  for (const { format, locale, read } of all) {
    const isRead = (text: string) => {
      const at = read?.(text);
      return at !== undefined && at >= earliest && at < latest;
    };
    // Most candidates read none of the first texts.
    if (!tried.slice(0, 3).some(isRead)) continue;
    const unread = tried.filter((text) => !isRead(text));
    const count = tried.length - unread.length;
    if (count <= (best?.count ?? tried.length * leastShare - 1)) continue;
    best = {
      format,
      count,
      ...(locale !== undefined && { locale }),
      ...(unread[0] !== undefined && { unread: unread[0] }),
    };
    if (count === tried.length) break;
  }
  if (best === undefined) return undefined;
  const { count, ...found } = best;
  const guess = { ...found, isLocal: isLocal(found.format, tried) };
  const other = swapDayAndMonth(guess.format);
  const readOther = other === undefined ? undefined : compileDateFormat(other)?.read;
  const isAmbiguous = readOther !== undefined && tried.every((text) => readOther(text) !== undefined);
  if (!isAmbiguous || other === undefined) return guess;
  if (first === undefined) return { ...guess, orElse: other };
  return { ...guess, format: firstPart(guess.format) === first ? guess.format : other, chosenBy: first };
};

/**
 * Finds the order of day and month that some column of a file shows. Columns that contradict each other show nothing.
 *
 * @param columns the texts of each column, by name
 */
export const findShownOrder = (
  columns: Iterable<readonly [string, readonly string[]]>,
): ShownOrder | undefined => {
  const shown = new Map<DayOrMonth, ShownOrder>();
  for (const [column, texts] of columns) {
    if (!/^\d{1,2}[/.-]\d{1,2}[/.-]\d/.test(texts[0] ?? '')) continue;
    const guess = guessDate(texts, true);
    if (guess === undefined || guess.orElse !== undefined || guess.unread !== undefined) continue;
    if (swapDayAndMonth(guess.format) === undefined) continue;
    const first = firstPart(guess.format);
    if (!shown.has(first)) shown.set(first, { column, first });
  }
  const [order] = shown.values();
  return shown.size === 1 ? order : undefined;
};
