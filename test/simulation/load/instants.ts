import type { Random } from '../random.ts';

/** The instant at which every run begins, in virtual time. */
export const start = Date.parse('2026-06-01T00:00:00.000Z');

const dayMs = 86_400_000;
const tenYearsMs = 3_652 * dayMs;

/**
 * Draws an instant in the last 14 months, a quarter of them on a few whole days, so that ties occur; some lie a little
 * ahead of the clock.
 */
export const someInstant = (random: Random): number => {
  if (random.chance(0.25)) return start - random.between(0, 5) * 80 * dayMs;
  if (random.chance(0.05)) return start + random.between(0, 4 * 60_000);
  return start - random.between(0, 420 * dayMs);
};

/** Returns an instant in sequence: three days after the one before it, the last one now. */
export const instantInTurn = (index: number, of: number): number => start - (of - 1 - index) * 3 * dayMs;

export const tenYearsAgo = (random: Random): number => someInstant(random) - tenYearsMs;
export const inTenYears = (random: Random): number => someInstant(random) + tenYearsMs;

export const iso = (at: number): string => new Date(at).toISOString();

/** Whether a message has an event of a clock that runs years ahead. */
export const isYearsAhead = (body: string): boolean => {
  const [, occurredAt = ''] = body.match(/"occurredAt":"([^"]+)"/) ?? [];
  return occurredAt > iso(start + 365 * dayMs);
};
