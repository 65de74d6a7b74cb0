import * as z from 'zod/mini';

/** The schema of the value of an attribute or an answer; null if it was cleared. */
export const knownValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

/** The schema of an instant within an explanation or advice. */
export const milliseconds = z.number().check(z.describe('Milliseconds since 1970.'));
