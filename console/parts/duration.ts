const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Returns the largest unit of which a time has at least one, with its length; the minute if it is shorter. */
export const findUnit = (ms: number): (typeof units)[number] =>
  units.find(([, size]) => Math.abs(ms) >= size) ?? ['minute', 60_000];

/** Returns a duration in the largest unit of which there is at least one. @example formatDuration(7_200_000, 'en') // '2 hours' */
export const formatDuration = (ms: number, tag: string): string => {
  const [unit, size] = findUnit(ms);
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.floor(ms / size),
  );
};
