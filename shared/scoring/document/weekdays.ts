/**
 * The days of a week, as a calendar names them: Monday is 1, as in ISO 8601. They are apart from the schema of a
 * calendar, so that `hand-off` counts working time without the whole of zod, which would make cold starts longer.
 */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
