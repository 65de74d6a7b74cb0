import * as z from 'zod/mini';
import { eventId } from '../../fields.ts';
import { rejectionCodes } from '../../rejection-codes.ts';
import { apiLimits } from '../api-limits.ts';

const count = z.int().check(z.gte(0), z.lte(apiLimits.events));

const result = z.strictObject({
  index: count.check(
    z.describe('The place of the event in the request, from 0. Empty lines are not counted.'),
  ),
  eventId: z.optional(eventId).check(z.describe("The event's own id, if it can be read.")),
  result: z
    .enum(['accepted', 'refused', 'unavailable'])
    .check(
      z.describe(
        'accepted: it is on the bus. refused: it was stored nowhere, and would be refused again. ' +
          'unavailable: it is valid, but the bus did not take it; it may be sent again.',
      ),
    ),
  code: z.optional(z.enum(rejectionCodes)).check(z.describe('The kind of problem of a refused event.')),
  problems: z
    .optional(
      z
        .array(z.strictObject({ path: z.string(), given: z.string(), allowed: z.string() }))
        .check(z.minLength(1), z.maxLength(apiLimits.problemsPerEvent)),
    )
    .check(z.describe(`The first ${apiLimits.problemsPerEvent} problems of a refused event.`)),
});

/** The answer to a request with events: one result for each, in their order. */
export const putEventsAnswer = z.strictObject({
  accepted: count,
  refused: count,
  unavailable: count,
  results: z.array(result).check(z.minLength(1), z.maxLength(apiLimits.events)),
});
