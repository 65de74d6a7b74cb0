import * as z from 'zod/mini';
import { eventIdForm } from './event-id.ts';
import { limits } from './limits.ts';
import { outcomes, stages } from './words.ts';

export const stage = z.enum(stages);
export const outcome = z.enum(outcomes);

const wellFormed = (text: string): boolean => text.isWellFormed();
const notWellFormed = { error: 'well-formed Unicode (it holds half of a surrogate pair)' };

/**
 * Returns the schema of a text of at most `max` UTF-16 units. It refuses a lone surrogate, which can't be stored as
 * UTF-8 and read back the same.
 */
export const text = (max: number) =>
  z.string().check(z.minLength(1), z.maxLength(max), z.refine(wellFormed, notWellFormed));

const possiblyEmpty = (max: number) =>
  z.string().check(z.maxLength(max), z.refine(wellFormed, notWellFormed));

export const leadId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_.:@+-]{1,128}$/, { error: '1 to 128 characters of A-Z a-z 0-9 _ . : @ + -' }));

export const eventId = z
  .string()
  .check(z.regex(eventIdForm, { error: '1 to 128 printable ASCII characters without spaces' }));

/**
 * The schema of the names of attributes, activities, questions and properties. It refuses a leading underscore:
 * `__proto__` is no name.
 */
export const name = z.string().check(
  z.regex(/^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/, {
    error: '1 to 64 characters of A-Z a-z 0-9 _ . : -, beginning with a letter',
  }),
);

/**
 * The schema of a UTC instant in ISO 8601. It normalises to milliseconds (finer digits are cut), so that two spellings
 * of one instant are one ledger key.
 */
export const instant = z
  .pipe(
    z.iso.datetime({ error: 'a UTC instant in ISO 8601, such as 2026-03-01T09:00:00.000Z' }),
    z.transform((given: string) => new Date(given).toISOString()),
  )
  .check(z.refine((at) => at >= limits.earliest, { error: `not before ${limits.earliest}` }));

const finite = z.number({ error: 'a finite number' });

export const scalar = z.union([possiblyEmpty(limits.stringLength), finite, z.boolean()], {
  error: `a string of at most ${limits.stringLength} characters, a finite number or a boolean`,
});

const listOfStrings = z.array(possiblyEmpty(limits.listItemLength)).check(z.maxLength(limits.listLength));

/** The schema of the value of an attribute or an answer. `null` clears the value. */
export const factValue = z.union([scalar, listOfStrings, z.null()], {
  error:
    `a string of at most ${limits.stringLength} characters, a finite number, a boolean, ` +
    `a list of at most ${limits.listLength} strings of at most ${limits.listItemLength} characters, or null`,
});
export type FactValue = z.infer<typeof factValue>;

/** Returns the schema of a bag with at least one and at most `max` named values. */
export const bag = <T extends z.ZodMiniType>(value: T, max: number) =>
  z.record(name, value).check(
    z.refine((given) => Object.keys(given).length >= 1, { error: 'at least one name' }),
    z.refine((given) => Object.keys(given).length <= max, { error: `at most ${max} names` }),
  );

export const reason = text(500);
export const actor = text(limits.idLength);
export const dealId = text(limits.idLength);
