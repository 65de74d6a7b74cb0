import { dayMs } from '../../events/index.ts';

/** Returns a pause within its bounds: at most a day, and never negative. */
const bound = (ms: number): number => Math.min(dayMs, Math.max(0, ms));

/**
 * Parses the header `Retry-After`, which is a number of seconds or a date of HTTP.
 *
 * @returns the pause in milliseconds, at most a day; undefined if it says none, or can't be read
 */
export const parseRetryAfter = (value: string | undefined, now: number): number | undefined => {
  if (value === undefined) return undefined;
  if (/^\d{1,10}$/.test(value.trim())) return bound(Number(value) * 1_000);
  // A date of HTTP begins with the name of its day. The parser of dates would take almost any other text too.
  const at = /^[A-Z][a-z]{2,8}, /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : bound(at - now);
};
