import { findLocale } from './locale.ts';

/** Returns the functions by which the texts of a language show counts. */
export const createCounts = (language: string) => {
  const rules = new Intl.PluralRules(language);
  /** Returns a count as the region of the reader writes it. */
  const formatCount = (count: number): string => count.toLocaleString(findLocale(language));
  /** Returns a count and its word. A count that is formatted already, such as “1,200” or “+1”, stays as it is. */
  const plural = (count: number | string, one: string, many: string): string =>
    typeof count === 'number'
      ? `${formatCount(count)} ${rules.select(count) === 'one' ? one : many}`
      : `${count} ${/^[+\-−]?1$/.test(count) ? one : many}`;
  return { formatCount, plural };
};
