const units = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const;

/**
 * Returns a time in its two largest units; undefined if it is shorter than a minute.
 *
 * @param ms its sign doesn't matter
 * @example formatTime(80 * 60_000, 'en') // '1h 20m'
 */
export const formatTime = (ms: number, tag: string): string | undefined => {
  const whole = Math.abs(ms);
  const first = units.findIndex(([, size]) => whole >= size);
  if (first < 0) return undefined;
  const parts = units
    .slice(first, first + 2)
    .map(([unit, size], i) => [
      unit,
      Math.floor((i === 0 ? whole : whole % (units[first]?.[1] ?? 1)) / size),
    ]);
  const given = Object.fromEntries(parts.filter(([, count]) => count !== 0));
  return new Intl.DurationFormat(tag, { style: 'narrow' }).format(given);
};
