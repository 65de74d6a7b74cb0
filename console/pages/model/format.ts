import { locale } from '../../texts/texts.ts';

/** Returns a share of 0 to 1 in percent. */
export const formatShare = (share: number): string =>
  share.toLocaleString(locale.value, { style: 'percent', maximumFractionDigits: 1 });

/** Returns a list in words, such as `a, b or c`. */
export const formatList = (parts: readonly string[], type: 'conjunction' | 'disjunction'): string =>
  new Intl.ListFormat(locale.value, { type }).format(parts);

/** Returns a text with its first letter in upper case, also if it is that of a marked text. */
export const capitalise = (text: string): string =>
  text.replace(/^\u2068?\p{L}/u, (letter) => letter.toLocaleUpperCase(locale.value));
