import { isInUtc, timeZone } from '../../parts/time-zone.ts';

/**
 * Returns an instant as a sentence has it: the day in words, and the time.
 *
 * @param zone @default the one that the reader has chosen
 */
export const formatMoment = (at: string | number, tag: string, zone = timeZone.value): string => {
  const format = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  return `${format.format(new Date(at))}${isInUtc.value ? ' UTC' : ''}`;
};

/** Returns a day in words. @param day such as 2026-03-14 */
export const formatDay = (day: string, tag: string): string =>
  new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

/** Returns an instant as `title` of an element has it. */
export const formatUtc = (at: string): string => at.replace('T', ' ').replace(/(\.\d+)?Z$/, '');

/** Returns the text of an input of type `datetime-local`: an instant in the zone of all times, to the minute. */
export const toLocalInput = (at: number): string => {
  if (isInUtc.value) return new Date(at).toISOString().slice(0, 16);
  const shifted = at - new Date(at).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 16);
};

/** Returns the instant that an input of type `datetime-local` has, in milliseconds since 1970; NaN if it has none. */
export const readLocalInput = (text: string): number => Date.parse(isInUtc.value ? `${text}Z` : text);
