import * as z from 'zod';
import { type AtSpec, allowedDateFormats, compileDateFormat } from '../mapping/index.ts';
import { type Dialect, issue, nameShape, orName } from './dialect.ts';
import { instantText } from './instant-text.ts';

const isTimeZone = (given: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: given });
    return true;
  } catch {
    return false;
  }
};
const timeZone = z.string().refine(isTimeZone, {
  error: 'the IANA name of a time zone, such as Europe/Berlin, or UTC',
});

const isLocale = (given: string): boolean => {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(given).length > 0;
  } catch {
    return false;
  }
};
const locale = z.string().refine(isLocale, { error: 'the tag of a language, such as en, de or pt-BR' });

const dateOptions = {
  format: z
    .string()
    .refine((given) => compileDateFormat(given) !== undefined, { error: allowedDateFormats })
    .optional(),
  timeZone: timeZone.optional(),
  locale: locale.optional(),
  pivot: z.int().min(0).max(99).optional(),
};

/** Returns the field `asOf`, by which the date of a CSV row is the instant that is given for the whole file. */
const asOfShape = ({ key }: Dialect) =>
  (key === 'column' ? { asOf: z.literal(true).optional() } : {}) as {
    readonly asOf: z.ZodOptional<z.ZodLiteral<true>>;
  };

/** Returns the schema of the instant of an event. */
export const createAtSchema = (dialect: Dialect) => {
  const { key, plain } = dialect;
  const atObject = z
    .strictObject(
      { ...nameShape(dialect), fixed: instantText.optional(), ...asOfShape(dialect), ...dateOptions },
      { error: `${plain}, {"${key}": …, "format": …} or {"fixed": …}` },
    )
    .superRefine(({ column, path, fixed, asOf, ...options }, context) => {
      const name = column ?? path;
      if ([name, fixed, asOf].filter((given) => given !== undefined).length !== 1) {
        const allowed = key === 'column' ? 'one of "column", "fixed" and "asOf"' : 'either "path" or "fixed"';
        context.addIssue(issue(allowed));
      } else if (name === undefined) {
        for (const option of Object.keys(options)) context.addIssue(issue(`only with "${key}"`, [option]));
      }
    })
    .transform(({ column, path, ...rest }): AtSpec => ({ ...rest, name: column ?? path }));
  return z.preprocess(orName(dialect), atObject);
};
