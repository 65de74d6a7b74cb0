/** The milliseconds of a day. */
export const dayMs = 86_400_000;

/** Returns the day in UTC of an instant, such as `2026-03-01`. @param at milliseconds since 1970 */
export const formatDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
