const clockTime = (at: number): string => `${new Date(at).toISOString().slice(11, 16)} UTC`;

const longDay = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/**
 * Returns an instant as it stands in headings and tables, to the minute.
 *
 * @example formatInstant(Date.UTC(2026, 10, 30, 9)) // '2026-11-30 09:00 UTC'
 */
export const formatInstant = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 10)} ${clockTime(at)}`;

/**
 * Returns an instant as it stands in sentences, to the minute.
 *
 * @example spellInstant(Date.UTC(2026, 2, 14, 9)) // '14 March 2026, 09:00 UTC'
 */
export const spellInstant = (at: number): string => `${longDay.format(at)}, ${clockTime(at)}`;
