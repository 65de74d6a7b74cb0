import * as z from 'zod/mini';
import { eventIdForm } from './event-id.ts';
import { instantForm, lacksOffset, parseInstant } from './instant.ts';
import { limits } from './limits.ts';
import { outcomes, stages, tiers } from './words.ts';

export const stage = z.enum(stages);
export const tier = z.enum(tiers);
export const outcome = z.enum(outcomes);

const wellFormed = (text: string): boolean => text.isWellFormed();
const notWellFormed = { error: 'well-formed Unicode (it holds half of a surrogate pair)' };

/**
 * Returns the schema of a text of at most `max` UTF-16 units. It refuses a lone surrogate, which can't be stored as
 * UTF-8 and read back the same.
 */
export const text = (max: number) =>
  z.string().check(z.minLength(1), z.maxLength(max), z.refine(wellFormed, notWellFormed));

/** Returns the schema of such a text that may also be empty: then it says nothing. */
export const possiblyEmpty = (max: number) =>
  z.string().check(z.maxLength(max), z.refine(wellFormed, notWellFormed));

export const leadId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_.:@+-]{1,128}$/, { error: '1 to 128 characters of A-Z a-z 0-9 _ . : @ + -' }));

export const eventId = z
  .string()
  .check(z.regex(eventIdForm, { error: '1 to 128 printable ASCII characters without spaces' }));

/** The schema of a CRM's id of a deal. CRMs differ more in these than in the ids of leads, so almost any text is one. */
export const dealId = z.string().check(
  z.regex(/^\S(?:.{0,126}\S)?$/, {
    error: '1 to 128 characters in one line, without blanks at the beginning or the end',
  }),
  z.refine(wellFormed, notWellFormed),
);

/**
 * The schema of the names of attributes, activities, questions and properties. It refuses a leading underscore:
 * `__proto__` is no name.
 */
export const name = z.string().check(
  z.regex(/^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/, {
    error: '1 to 64 characters of A-Z a-z 0-9 _ . : -, beginning with a letter',
  }),
);

const instantExamples = '2026-03-01T09:00:00Z or 2026-03-01T10:00:00+01:00';

/**
 * The schema of an instant in ISO 8601 with its offset from UTC. It normalises to UTC and milliseconds (finer digits are
 * cut), so that two spellings of one instant are one ledger key.
 */
export const instant = z
  .pipe(
    z.string({ error: `an instant in ISO 8601 with its offset from UTC, such as ${instantExamples}` }).check(
      z.refine((given) => !lacksOffset(given), {
        error: `the time with its offset from UTC, which this one doesn't say: ${instantExamples}`,
        abort: true,
      }),
      z.regex(instantForm, {
        error: `an instant in ISO 8601 with its offset from UTC, such as ${instantExamples}`,
        abort: true,
      }),
      z.refine((given) => parseInstant(given) !== undefined, {
        error: 'an instant of the years 0000 to 9999',
        abort: true,
      }),
    ),
    z.transform((given: string) => new Date(parseInstant(given) ?? Number.NaN).toISOString()),
  )
  .check(z.refine((at) => at >= limits.earliest, { error: `not before ${limits.earliest}` }));

/** The schema of an instant in an announcement: always UTC with milliseconds. */
export const utcInstant = z.iso.datetime({
  error: 'a UTC instant in ISO 8601, such as 2026-03-01T09:00:00.000Z',
});

const finite = z.number({ error: 'a finite number' });

export const scalar = z.union([possiblyEmpty(limits.stringLength), finite, z.boolean()], {
  error: `a string of at most ${limits.stringLength} characters, a finite number or a boolean`,
});

const listOfStrings = z.array(possiblyEmpty(limits.listItemLength)).check(z.maxLength(limits.listLength));

/** The forms of the value of an attribute or an answer, in words. */
export const factValueForms =
  `a string of at most ${limits.stringLength} characters, a finite number, a boolean, ` +
  `a list of at most ${limits.listLength} strings of at most ${limits.listItemLength} characters, or null`;

/** The schema of the value of an attribute or an answer. `null` clears the value, and so does an empty text. */
export const factValue = z.union([scalar, listOfStrings, z.null()], { error: factValueForms });
export type FactValue = z.infer<typeof factValue>;

/** Returns the schema of a bag with at least one and at most `max` named values. */
export const bag = <T extends z.ZodMiniType>(value: T, max: number) =>
  z.record(name, value).check(
    z.refine((given) => Object.keys(given).length >= 1, { error: 'at least one name' }),
    z.refine((given) => Object.keys(given).length <= max, { error: `at most ${max} names` }),
    // The generated schemas read the bounds here: JSON Schema has keywords for what the checks do in code.
    z.meta({ minProperties: 1, maxProperties: max }),
  );

/** The schema of the hand-off that a verdict names, which is the same for an acceptance and a rejection. */
export const verdictHandoffId = z
  .optional(eventId)
  .check(
    z.describe(
      "The hand-off that is answered; its earliest verdict counts. Left out: the lead's open hand-off, and the verdict " +
        'counts each time that it is given at another instant. An id that Sluice did not give means a hand-off that was ' +
        'made elsewhere: it also closes the open one, as answered elsewhere.',
    ),
  );

export const reason = text(500);
export const actor = text(limits.idLength);
