/** Returns a name of a month without its marks, dots and case: `févr.` and `FEVR` are one name. */
const foldMonth = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\p{M}.’']/gu, '')
    .toLowerCase();

const shortestPrefix = 3;

type Length = 'long' | 'short';

const monthsOfYear = Array.from({ length: 12 }, (_, index) => Date.UTC(2025, index, 28));

/** Returns the names of the months as they stand alone. */
const nameMonthsAlone = (length: Length, locale: string): string[] => {
  const format = new Intl.DateTimeFormat(locale, { calendar: 'gregory', timeZone: 'UTC', month: length });
  return monthsOfYear.map((month) => format.format(month));
};

/** Returns the names of the months as a language writes them within a date, which some languages inflect. */
const nameMonthsInDates = (length: Length, locale: string): string[] => {
  const format = new Intl.DateTimeFormat(locale, {
    calendar: 'gregory',
    timeZone: 'UTC',
    month: length,
    day: 'numeric',
  });
  return monthsOfYear.map(
    (month) => format.formatToParts(month).find(({ type }) => type === 'month')?.value ?? '',
  );
};

/** Returns the numbers of months, 1 to 12, by every text that means just one of them in a language. */
const collectMonths = (locale: string): ReadonlyMap<string, number> => {
  const whole = new Map<string, number>();
  const begun = new Map<string, Set<number>>();
  for (const names of (['long', 'short'] as const).flatMap((length) => [
    nameMonthsAlone(length, locale),
    nameMonthsInDates(length, locale),
  ])) {
    for (const [index, name] of names.entries()) {
      const folded = foldMonth(name);
      whole.set(folded, index + 1);
      for (let end = shortestPrefix; end < folded.length; end += 1) {
        const beginning = folded.slice(0, end);
        begun.set(beginning, (begun.get(beginning) ?? new Set()).add(index + 1));
      }
    }
  }
  const unique = [...begun].flatMap(([beginning, [month, ...others]]) =>
    month === undefined || others.length > 0 ? [] : [[beginning, month] as const],
  );
  return new Map([...unique, ...whole]);
};

/**
 * Returns the function that reads the name of a month, whole or cut to three letters or more, with or without a dot, in
 * whatever case. Names in English are read in every language, unless they mean another month there.
 *
 * @example createMonthReader('fr')('Févr.') // 2
 */
export const createMonthReader = (locale: string): ((name: string) => number | undefined) => {
  const months = new Map([...collectMonths('en'), ...collectMonths(locale)]);
  return (name) => months.get(foldMonth(name));
};

/** Returns the name of a month as a language writes it within a date. */
export const nameMonth = (month: number, length: Length, locale: string): string =>
  nameMonthsInDates(length, locale)[month - 1] ?? '';
