import { IANAZone } from 'luxon';
import * as z from 'zod';
import { hasWords } from '../../shared/scoring/index.ts';
import { instantText } from '../text/instant-text.ts';
import { allowedDateFormats, compileDateFormat } from './date-format.ts';
import { takes } from './derive-text.ts';
import { foldText } from './fold-text.ts';
import { unsafeWays } from './lead-id.ts';
import { normalizeThousands, thousandsSigns } from './number-format.ts';

/** The parts that a mapping's events are made of: cells, ids, dates and conditions. */

export const issue = (message: string, path: PropertyKey[] = []) => ({
  code: 'custom' as const,
  message,
  path,
});

export const columnName = z
  .string({ error: 'the name of a column' })
  .refine((given) => given.trim() !== '', { error: 'the name of a column' })
  .transform((given) => given.trim());

/** Expands a plain string, which is short for a column. */
const orColumn = (given: unknown): unknown => (typeof given === 'string' ? { column: given } : given);

const cellTypes = ['string', 'number', 'boolean', 'list'] as const;

const otherwiseWords = ['reject', 'keep', 'omit'] as const;

const cellObject = z.strictObject(
  {
    column: columnName.optional(),
    fixed: z.unknown().optional(),
    take: z.enum(takes).optional(),
    type: z.enum(cellTypes).optional(),
    separator: z.string().min(1).optional(),
    decimal: z.enum(['.', ',']).optional(),
    thousands: z
      .preprocess(
        (given) => (typeof given === 'string' ? normalizeThousands(given) : given),
        z.enum(thousandsSigns),
      )
      .optional(),
    signs: z.array(z.string().trim().min(1)).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    outside: z.enum(['reject', 'omit']).optional(),
    values: z.record(z.string(), z.unknown()).optional(),
    words: z
      .record(z.string().min(1), z.array(z.string().refine(hasWords, { error: 'a word' })).min(1))
      .optional(),
    otherwise: z
      .union([z.enum(otherwiseWords), z.strictObject({ fixed: z.unknown() })], {
        error: `${otherwiseWords.join(', ')} or {"fixed": …}`,
      })
      .optional(),
    blank: z.array(z.string()).optional(),
  },
  { error: 'the name of a column, {"column": …} or {"fixed": …}' },
);
type CellObject = z.output<typeof cellObject>;
export type CellType = (typeof cellTypes)[number];

/** Returns the options that have no effect without another one, with the reason. */
const idleOptions = (cell: CellObject, type: CellType): (readonly [keyof CellObject, string])[] => {
  const onlyNumber = [type !== 'number', 'only with "type": "number"'] as const;
  const idle: [keyof CellObject, boolean, string][] = [
    ['separator', type !== 'list', 'only with "type": "list"'],
    ['decimal', ...onlyNumber],
    ['thousands', ...onlyNumber],
    ['signs', ...onlyNumber],
    ['min', ...onlyNumber],
    ['max', ...onlyNumber],
    ['outside', cell.min === undefined && cell.max === undefined, 'only with "min" or "max"'],
    [
      'otherwise',
      cell.values === undefined && cell.words === undefined && cell.take === undefined,
      'only with "values", "words" or "take"',
    ],
  ];
  return idle
    .filter(([key, isIdle]) => isIdle && cell[key] !== undefined)
    .map(([key, , why]) => [key, `"${key}" ${why}`] as const);
};

/**
 * Returns what is allowed if no event may carry a value of the mapping. The mapping is refused then, rather than each
 * row.
 */
const findAllowed = (schema: z.core.$ZodType, value: unknown): string | undefined => {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return undefined;
  const [first] = parsed.error.issues;
  return first?.code === 'invalid_value' ? first.values.map(String).join(', ') : first?.message;
};

/** Reports texts of a table that are one text when they are compared, since only one of their values could be meant. */
const checkTable = (table: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void => {
  const first = new Map<string, string>();
  for (const text of Object.keys(table)) {
    const other = first.get(foldText(text));
    if (other === undefined) first.set(foldText(text), text);
    else {
      const allowed = `a text that differs from ${JSON.stringify(other)} by more than case and white space`;
      context.addIssue(issue(allowed, ['values', text]));
    }
  }
};

/** A name that JSON's readers move before the others, so that a table in JSON has no order. */
const isIndex = (name: string): boolean => /^(?:0|[1-9]\d*)$/.test(name);

/**
 * Returns the schema of a cell of a row, or of a value for all rows.
 *
 * @param target the contract's schema of the field that the value is for
 * @param type how the cell's text is read unless the mapping names another type
 */
export const buildCellSchema = (target: z.core.$ZodType, type: CellType = 'string') =>
  z.preprocess(
    orColumn,
    cellObject
      .superRefine((cell, context) => {
        if ((cell.column === undefined) === (cell.fixed === undefined)) {
          context.addIssue(issue('either "column" or "fixed"'));
        }
        if (cell.fixed !== undefined) {
          const others = Object.keys(cell).filter((key) => key !== 'fixed' && key !== 'column');
          for (const key of others) context.addIssue(issue('nothing beside "fixed"', [key]));
          const allowed = findAllowed(target, cell.fixed);
          if (allowed !== undefined) context.addIssue(issue(allowed, ['fixed']));
          return;
        }
        for (const [key, why] of idleOptions(cell, cell.type ?? type)) context.addIssue(issue(why, [key]));
        if (cell.decimal !== undefined && cell.decimal === cell.thousands) {
          context.addIssue(issue('another sign than "decimal"', ['thousands']));
        }
        if (cell.min !== undefined && cell.max !== undefined && cell.min > cell.max) {
          context.addIssue(issue(`at least "min", ${cell.min}`, ['max']));
        }
        const item =
          (cell.type ?? type) === 'list' ? z.string({ error: 'a string, for an item of a list' }) : target;
        checkTable(cell.values ?? {}, context);
        for (const [text, value] of Object.entries(cell.values ?? {})) {
          const allowed = findAllowed(item, value);
          if (allowed !== undefined) context.addIssue(issue(allowed, ['values', text]));
        }
        if (cell.values !== undefined && cell.words !== undefined) {
          context.addIssue(issue('either "values" or "words"', ['words']));
        }
        for (const value of Object.keys(cell.words ?? {})) {
          const allowed = isIndex(value)
            ? 'a text that is no whole number: the order of such names is not kept'
            : findAllowed(item, value);
          if (allowed !== undefined) context.addIssue(issue(allowed, ['words', value]));
        }
        if (typeof cell.otherwise === 'object') {
          const allowed = findAllowed(item, cell.otherwise.fixed);
          if (allowed !== undefined) context.addIssue(issue(allowed, ['otherwise', 'fixed']));
        }
      })
      .transform((cell) => ({ ...cell, type: cell.type ?? type })),
  );
export type CellSpec = z.output<ReturnType<typeof buildCellSchema>>;

/** Whether texts that differ by case alone are one. */
export const keyCase = z.literal('lower');

const idObject = z
  .strictObject(
    {
      column: columnName.optional(),
      columns: z.array(columnName).min(1).optional(),
      separator: z.string().default(':'),
      prefix: z.string().default(''),
      case: keyCase.optional(),
      unsafe: z.enum(unsafeWays).optional(),
    },
    { error: 'the name of a column, {"column": …} or {"columns": […]}' },
  )
  .refine((given) => (given.column === undefined) !== (given.columns === undefined), {
    error: 'either "column" or "columns"',
  })
  .transform(({ column, columns, ...rest }) => ({ ...rest, columns: columns ?? (column ? [column] : []) }));

export const id = z.preprocess(orColumn, idObject);
export type IdSpec = z.output<typeof id>;

/** The id of a record, which no event carries: it only makes events distinct. */
export const recordId = id.refine((given) => given.unsafe === undefined, {
  error: 'only for lead ids',
  path: ['unsafe'],
});

const timeZone = z.string().refine((given) => IANAZone.isValidZone(given), {
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

const atObject = z
  .strictObject(
    {
      column: columnName.optional(),
      fixed: instantText.optional(),
      asOf: z.literal(true).optional(),
      format: z
        .string()
        .refine((given) => compileDateFormat(given) !== undefined, { error: allowedDateFormats })
        .optional(),
      timeZone: timeZone.optional(),
      locale: locale.optional(),
      pivot: z.int().min(0).max(99).optional(),
    },
    { error: 'the name of a column, {"column": …, "format": …} or {"fixed": …}' },
  )
  .superRefine(({ column, fixed, asOf, ...options }, context) => {
    if ([column, fixed, asOf].filter((given) => given !== undefined).length !== 1) {
      context.addIssue(issue('one of "column", "fixed" and "asOf"'));
    } else if (column === undefined) {
      for (const key of Object.keys(options)) context.addIssue(issue('only with "column"', [key]));
    }
  });

export const at = z.preprocess(orColumn, atObject);
export type AtSpec = z.output<typeof at>;

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string()).min(1)], {
  error: 'a text or a list of texts',
});

const condition = z.preprocess(
  orColumn,
  z
    .strictObject(
      {
        column: columnName.optional(),
        filled: z.boolean().optional(),
        equals: texts.optional(),
        not: texts.optional(),
        joined: z.string().optional(),
      },
      { error: 'the name of a column that is filled, {"column": …, "equals": …} or {"joined": …}' },
    )
    .superRefine((given, context) => {
      const tests = [given.filled, given.equals, given.not].filter((test) => test !== undefined);
      if ((given.column === undefined) === (given.joined === undefined)) {
        context.addIssue(issue('either "column" or "joined"'));
      } else if (given.joined !== undefined && tests.length > 0) {
        context.addIssue(issue('nothing beside "joined"'));
      } else if (tests.length > 1) {
        context.addIssue(issue('one of "filled", "equals" and "not"'));
      }
    }),
);
export type Condition = z.output<typeof condition>;

/** Conditions that must all hold. */
export const when = z.preprocess(
  (given) => (Array.isArray(given) ? given : [given]),
  z.array(condition).min(1),
);
