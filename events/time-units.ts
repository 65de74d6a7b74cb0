/** The units of time in milliseconds. Every day has 24 hours: the days are those of UTC, without leap seconds. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
