import * as z from 'zod';
import { modelDocument } from '../shared/scoring/index.ts';
import { operatorNames } from '../shared/scoring/operators/index.ts';
import { descriptions } from './model-descriptions.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** The number of names that an object may have: zod checks it in code, and JSON Schema has keywords for it. */
const namesOf: Readonly<Record<string, object>> = {
  dimensions: { minProperties: 1, maxProperties: 12 },
  questions: { maxProperties: 200 },
  attributes: { maxProperties: 200 },
  activities: { maxProperties: 200 },
};

/** Returns the ends of a path, the longest first, such as `bands[].from` of `dimensions.*.criteria[].bands[].from`. */
const listEnds = (path: string): string[] => {
  const parts = path.split('.');
  return parts.map((_, i) => parts.slice(i).join('.'));
};

const findDescription = (path: string): string | undefined =>
  listEnds(path)
    .flatMap((end) => [end, end.replace(/[^.]+$/, '*')])
    .map((end) => descriptions[end])
    .find((text) => text !== undefined);

/**
 * Adds a description to a schema. Readers of this draft ignore everything beside a reference, so a reference moves into
 * `allOf`.
 */
const described = (schema: Schema, path: string): Schema => {
  const description = schema.description ?? findDescription(path);
  if (description === undefined) return schema;
  const { $ref, ...rest } = schema;
  return $ref === undefined ? { ...schema, description } : { ...rest, description, allOf: [{ $ref }] };
};

/** Requires an operator in every schema that tests a value. */
const withOperator = (schema: Schema): Schema => {
  const operators = operatorNames.filter((name) => schema.properties?.[name] !== undefined);
  return operators.length < operatorNames.length
    ? schema
    : { ...schema, anyOf: operators.map((name) => ({ required: [name] })) };
};

/** Adds a title to an alternative, for the messages of editors: its kind, or the field that only it has. */
const titled = (schema: Schema): Schema => {
  const [field] = schema.required?.filter((name) => name !== 'id' && name !== 'text') ?? [];
  if (field === undefined || schema.title !== undefined) return schema;
  const property = schema.properties?.[field];
  const only = typeof property === 'object' ? property.const : undefined;
  return { ...schema, title: only === undefined ? field : String(only) };
};

const each = (schemas: Schema['properties'], complete: (schema: Schema, name: string) => Schema) =>
  Object.fromEntries(
    Object.entries(schemas ?? {}).map(([name, schema]) => [
      name,
      typeof schema === 'boolean' ? schema : complete(schema, name),
    ]),
  );

const inner = (schema: unknown, path: string): unknown => {
  if (Array.isArray(schema)) return schema.map((entry) => inner(entry, path));
  return typeof schema === 'object' && schema !== null ? completed(schema as Schema, path) : schema;
};

const alternatives = (schemas: unknown, path: string): unknown =>
  (schemas as Schema[]).map((schema) => titled(completed(schema, path)));

/** Adds to a schema, and to all schemas within it, what zod can't express. */
const completed = (schema: Schema, path: string): Schema => {
  const done: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties') {
      done[keyword] = each(value as Schema['properties'], (field, name) => {
        const at = path === '' ? name : `${path}.${name}`;
        return { ...described(completed(field, at), at), ...(path === '' ? namesOf[name] : {}) };
      });
    } else if (keyword === 'definitions') {
      done[keyword] = each(value as Schema['properties'], (definition, name) => completed(definition, name));
    } else if (keyword === 'additionalProperties') {
      const at = `${path}.*`;
      done[keyword] = typeof value === 'object' ? described(completed(value as Schema, at), at) : value;
    } else if (keyword === 'items') done[keyword] = inner(value, `${path}[]`);
    else if (keyword === 'anyOf' || keyword === 'oneOf') done[keyword] = alternatives(value, path);
    else done[keyword] = value;
  }
  return withOperator(done as Schema);
};

/** Returns the format of scoring models as JSON Schema, in draft 7, which editors support best. */
export const modelSchema = () => {
  const { $schema, ...schema } = z.toJSONSchema(modelDocument, { io: 'input', target: 'draft-7' });
  return {
    $schema,
    $id: 'urn:sluice:model:1',
    ...completed(schema as Schema, ''),
    description:
      'A scoring model of Sluice. `sluice model check` finds what a schema can’t express: unknown names and values, ' +
      'unsatisfiable conditions and more.',
  };
};
