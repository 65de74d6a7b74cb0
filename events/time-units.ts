/** The units of time in milliseconds. A day is one of UTC, which has neither summer time nor leap seconds. */
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
