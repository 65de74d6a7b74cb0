import * as z from 'zod';
import { parseInstant } from '../../events/index.ts';

/** The schema of an instant in a document that people write. It is normalised to UTC and milliseconds. */
export const instantText = z
  .string()
  .refine((given) => parseInstant(given) !== undefined, {
    error:
      'an instant in ISO 8601 with its offset from UTC, such as 2026-03-01T09:00:00Z or 2026-03-01T10:00:00+01:00',
    abort: true,
  })
  .transform((given) => new Date(parseInstant(given) ?? Number.NaN).toISOString());
