import * as z from 'zod/mini';
import { leadId } from '../fields.ts';
import { parseInstant } from '../instant.ts';
import { apiLimits } from './api-limits.ts';

/** Parameters of paths and queries. All of them arrive as text. */

export const leadPath = z.strictObject({ id: leadId });

const handoffIdForm = /^([A-Za-z0-9_.:@+-]{1,128})~([\x21-\x7e]{1,128})$/;

/** The separator of the two ids in the API's id of a hand-off. No lead id contains it. */
const handoffSeparator = '~';

/** Returns the API's id of a hand-off: those of the lead and of the hand-off, since only both find it. */
export const buildHandoffPathId = (leadId: string, handoffId: string): string =>
  `${leadId}${handoffSeparator}${handoffId}`;

export const handoffPath = z.strictObject({
  id: z.pipe(
    z.string().check(
      z.regex(handoffIdForm, {
        error: 'the id of a hand-off as `GET /api/handoffs` returns it: leadId~handoffId',
        abort: true,
      }),
    ),
    z.transform((given: string) => {
      const end = given.indexOf(handoffSeparator);
      return { leadId: given.slice(0, end), handoffId: given.slice(end + 1) };
    }),
  ),
});

/** The version of a model, such as `success-ready@5`. */
export const modelVersion = z.string().check(
  z.regex(/^[A-Za-z][A-Za-z0-9_.:-]{0,63}@[A-Za-z0-9._-]{1,32}$/, {
    error: 'the id and the version of a model, such as success-ready@5',
  }),
);

export const modelPath = z.strictObject({ version: modelVersion });

export const quarantinePath = z.strictObject({
  id: z.string().check(z.regex(/^[0-9a-f]{32}$/, { error: '32 digits of 0-9 a-f' })),
});

/** The name of a subscription is that of its document. */
export const subscriptionPath = z.strictObject({
  subscription: z.string().check(
    z.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, {
      error: 'the name of a subscription: 1 to 32 characters of a-z 0-9 -',
    }),
  ),
});

/** Returns the schema of a whole number in a query. */
export const wholeNumber = (least: number, most: number) => {
  const error = `a whole number of ${least} to ${most}`;
  return z.pipe(
    z.string({ error }).check(z.regex(/^\d{1,9}$/, { error, abort: true })),
    z.pipe(z.transform(Number), z.int().check(z.gte(least, { error }), z.lte(most, { error }))),
  );
};

const isDay = (given: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(given) && parseInstant(`${given}T00:00Z`) !== undefined;

/** The schema of a day in UTC. */
export const day = z
  .string()
  .check(z.refine(isDay, { error: 'a day in UTC, such as 2026-03-01' }), z.meta({ format: 'date' }));

export const page = {
  limit: z._default(wholeNumber(1, apiLimits.pageSize), apiLimits.usualPageSize),
  cursor: z.optional(
    z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(apiLimits.cursorLength),
        z.regex(/^[A-Za-z0-9_-]+$/, { error: 'the cursor of an answer, as it was given' }),
      ),
  ),
};
