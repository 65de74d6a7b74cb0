import * as z from 'zod';
import { type MarkedTable, quotedNames } from '../../support/docs.ts';

/** The requirements on a field's row in a document: bounds, allowed words, default, and whether it is required. */
interface FieldRule {
  readonly says: ReadonlySet<string>;
  /** Undefined if it is required in one place and optional in another. */
  readonly required: boolean | undefined;
}

/** The fields of a schema's objects, by the path of the object. The alternatives of a union are one object. */
export type SchemaFields = ReadonlyMap<string, ReadonlyMap<string, FieldRule>>;

type JsonSchema = { readonly [key: string]: unknown };

const bounds = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'default',
  'const',
];
/** Whether a row can contain the value: it can't contain a space, an object or an empty text. */
const isSaid = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) && String(value).trim() !== '';
/** Whether the bound was chosen; zod adds others for whole numbers. */
const isChosen = (value: unknown) => Math.abs(Number(value)) !== Number.MAX_SAFE_INTEGER;

/** Returns the words that a field's row must have. Objects within have fields and rows of their own. */
const collectWords = (schema: unknown): string[] => {
  if (Array.isArray(schema)) return schema.flatMap(collectWords);
  if (typeof schema !== 'object' || schema === null || 'properties' in schema || '$ref' in schema) return [];
  return Object.entries(schema as JsonSchema).flatMap(([key, value]) => {
    if (bounds.includes(key)) return isSaid(value) && isChosen(value) ? [String(value)] : [];
    if (key === 'enum') return (value as unknown[]).filter(isSaid).map(String);
    return ['items', 'additionalProperties', 'propertyNames', 'anyOf', 'oneOf', 'allOf'].includes(key)
      ? collectWords(value)
      : [];
  });
};

type Known = { readonly _zod: { readonly def: z.core.$ZodTypes['_zod']['def'] } };
const defOf = (schema: z.core.$ZodType) => (schema as unknown as Known)._zod.def;

/** Whether a field is required. For a preprocessed one zod only knows by the schema behind. */
const isRequired = (schema: z.core.$ZodType): boolean => {
  const def = defOf(schema);
  return def.type === 'pipe' && defOf(def.in).type === 'transform'
    ? isRequired(def.out)
    : schema._zod.optin === undefined;
};

const buildRule = (schema: z.core.$ZodType): FieldRule => ({
  says: new Set(collectWords(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))),
  required: isRequired(schema),
});

const merge = (a: FieldRule | undefined, b: FieldRule): FieldRule =>
  a === undefined
    ? b
    : {
        says: new Set([...a.says, ...b.says]),
        required: a.required === b.required ? a.required : undefined,
      };

/**
 * Returns every field of every object in a schema. An object that is used in several places is listed at the first of
 * them.
 *
 * @param names the document's names for paths, if a reader would look for another name
 */
export const collectFields = (
  schema: z.core.$ZodType,
  names: Readonly<Record<string, string>> = {},
): SchemaFields => {
  const found = new Map<string, Map<string, FieldRule>>();
  const numbers = new Map<unknown, number>();
  const seen = new Set<string>();

  const visitObject = (shape: Readonly<Record<string, z.core.$ZodType>>, path: string): void => {
    const name = names[path] ?? path;
    const fields = found.get(name) ?? new Map<string, FieldRule>();
    found.set(name, fields);
    for (const [field, inner] of Object.entries(shape)) {
      fields.set(field, merge(fields.get(field), buildRule(inner)));
      visit(inner, path === '' ? field : `${path}.${field}`);
    }
  };

  const assignNumber = (given: unknown): number => {
    const number = numbers.get(given) ?? numbers.size;
    numbers.set(given, number);
    return number;
  };
  /**
   * Returns a text by which equal objects are recognised. A copy of an object with one more check is the same object,
   * since it has the same fields.
   */
  const buildIdentity = (given: z.core.$ZodType): string => {
    const def = defOf(given);
    if (def.type !== 'object') return `lazy ${assignNumber(given)}`;
    return Object.entries(def.shape)
      .map(([field, inner]) => `${field} ${assignNumber(inner)}`)
      .join();
  };

  const visit = (given: z.core.$ZodType, path: string): void => {
    const def = defOf(given);
    if (def.type === 'object' || def.type === 'lazy') {
      const identity = buildIdentity(given);
      if (seen.has(identity)) return;
      seen.add(identity);
    }
    switch (def.type) {
      case 'object':
        visitObject(def.shape, path);
        break;
      case 'lazy':
        visit(def.getter(), path);
        break;
      case 'array':
        visit(def.element, `${path}[]`);
        break;
      case 'record':
        visit(def.valueType, `${path}.*`);
        break;
      case 'union':
        for (const option of def.options) visit(option, path);
        break;
      case 'pipe':
        visit(def.in, path);
        visit(def.out, path);
        break;
      case 'optional':
      case 'nullable':
      case 'default':
      case 'prefault':
        visit(def.innerType, path);
        break;
      default: // text, numbers and the like have no fields
    }
  };

  visit(schema, '');
  return found;
};

const isWord = (text: string, word: string): boolean =>
  new RegExp(`(?<![\\w.-])${word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w]|\\.\\d)`).test(text);

const rowProblems = (object: string, field: string, { says, required }: FieldRule, row: string): string[] => {
  const silent = [...says].filter((word) => !isWord(row, word));
  return [
    ...silent.map((word) => `${object}: the row of ${field} does not say ${word}`),
    ...(required !== undefined && required !== isWord(row, 'required')
      ? [`${object}: ${field} is ${required ? 'required' : 'optional'}, and its row says otherwise`]
      : []),
  ];
};

/** Returns the differences between tables of fields and a schema: missing rows, surplus rows, missing bounds. */
export const fieldProblems = (schema: SchemaFields, tables: readonly MarkedTable[]): string[] => {
  const rows = tables
    .filter(({ mark }) => mark === 'fields')
    .flatMap(({ subject, rows }) =>
      rows.flatMap((cells) =>
        quotedNames(cells[0] ?? '').map((field) => ({
          object: subject,
          field,
          text: cells.slice(1).join(' '),
        })),
      ),
    );
  const missing = [...schema].flatMap(([object, fields]) =>
    [...fields].flatMap(([field, rule]) => {
      const own = rows.filter((row) => row.object === object && row.field === field);
      return own.length === 0
        ? [`${object}: no row for ${field}`]
        : rowProblems(
            object,
            field,
            rule,
            own
              .map(({ text }) => text)
              .join(' ')
              .replaceAll('`', ''),
          );
    }),
  );
  const surplus = rows
    .filter(({ object, field }) => schema.get(object)?.has(field) !== true)
    .map(({ object, field }) => `${object}: a row for ${field}, which the schema lacks`);
  return [...missing, ...surplus];
};
