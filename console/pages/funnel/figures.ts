import { locale } from '../../texts/texts.ts';

/** Returns a duration in days, or in hours if it is shorter than a day. */
export const formatDays = (days: number): string => {
  const [unit, value] = days < 1 ? (['hour', days * 24] as const) : (['day', days] as const);
  return value.toLocaleString(locale.value, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: value < 10 ? 1 : 0,
  });
};

/** Returns a day in UTC, such as `2026-03-01`, as the reader's region writes it. */
export const formatDate = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString(locale.value, { dateStyle: 'medium', timeZone: 'UTC' });
