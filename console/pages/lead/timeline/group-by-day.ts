import { timeZone } from '../../../parts/time-zone.ts';

/** The entries of a day, in the order in which they were given. */
export interface Day<T> {
  /** Such as 2026-03-14. */
  readonly day: string;
  readonly entries: readonly T[];
}

/**
 * Groups entries by the day on which they occurred.
 *
 * @param zone the zone whose days they are. @default the one that the reader has chosen
 */
export const groupByDay = <T extends { readonly occurredAt: string }>(
  entries: readonly T[],
  zone = timeZone.value,
): Day<T>[] => {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const days = Map.groupBy(entries, ({ occurredAt }) => format.format(new Date(occurredAt)));
  return [...days].map(([day, ofDay]) => ({ day, entries: ofDay }));
};
