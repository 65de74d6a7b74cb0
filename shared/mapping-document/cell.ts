import * as z from 'zod';
import {
  type CellSpec,
  type CellType,
  foldText,
  normalizeThousands,
  takes,
  thousandsSigns,
} from '../mapping/index.ts';
import { hasWords } from '../scoring/index.ts';
import { type Dialect, issue, nameShape, orName } from './dialect.ts';

const cellTypes = ['string', 'number', 'boolean', 'list'] as const;

const otherwiseWords = ['reject', 'keep', 'omit'] as const;

const cellOptions = {
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
};

/** The options of a cell, as they are written beside its name. */
type CellOptions = z.output<z.ZodObject<typeof cellOptions>>;

/** Returns the options that have no effect without another one, with the reason. */
const idleOptions = (
  cell: CellOptions,
  type: CellType | undefined,
): (readonly [keyof CellOptions, string])[] => {
  const onlyNumber = [type !== 'number', 'only with "type": "number"'] as const;
  const idle: [keyof CellOptions, boolean, string][] = [
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

/** Adds the problems of the tables of a cell, whose values the events must be able to carry. */
const checkTables = (cell: CellOptions, item: z.core.$ZodType, context: z.RefinementCtx): void => {
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
};

const listItem = z.string({ error: 'a string, for an item of a list' });

/** Adds the problems of the options of a cell. */
const checkOptions = (
  cell: CellOptions,
  type: CellType | undefined,
  target: z.core.$ZodType,
  context: z.RefinementCtx,
): void => {
  for (const [key, why] of idleOptions(cell, type)) context.addIssue(issue(why, [key]));
  if (cell.decimal !== undefined && cell.decimal === cell.thousands) {
    context.addIssue(issue('another sign than "decimal"', ['thousands']));
  }
  if (cell.min !== undefined && cell.max !== undefined && cell.min > cell.max) {
    context.addIssue(issue(`at least "min", ${cell.min}`, ['max']));
  }
  checkTables(cell, type === 'list' ? listItem : target, context);
};

/**
 * Returns the function that builds the schema of a cell of a row, of a value of a payload, or of a value for all of
 * them. The function takes the contract's schema of the field that the value is for, and how the value is read unless
 * the mapping names another type.
 */
export const createCellSchema = (dialect: Dialect) => {
  const { key, plain } = dialect;
  const cellObject = z.strictObject(
    { ...nameShape(dialect), ...cellOptions },
    { error: `${plain}, {"${key}": …} or {"fixed": …}` },
  );
  return (target: z.core.$ZodType, defaultType?: CellType) =>
    z.preprocess(
      orName(dialect),
      cellObject
        .superRefine(({ column, path, ...cell }, context) => {
          const name = column ?? path;
          if ((name === undefined) === (cell.fixed === undefined)) {
            context.addIssue(issue(`either "${key}" or "fixed"`));
          }
          if (cell.fixed === undefined) {
            checkOptions(cell, cell.type ?? defaultType, target, context);
            return;
          }
          const others = Object.keys(cell).filter((option) => option !== 'fixed');
          for (const option of others) context.addIssue(issue('nothing beside "fixed"', [option]));
          const allowed = findAllowed(target, cell.fixed);
          if (allowed !== undefined) context.addIssue(issue(allowed, ['fixed']));
        })
        .transform(
          ({ column, path, ...cell }): CellSpec => ({
            ...cell,
            name: column ?? path,
            type: cell.type ?? defaultType,
          }),
        ),
    );
};
export type BuildCell = ReturnType<typeof createCellSchema>;
