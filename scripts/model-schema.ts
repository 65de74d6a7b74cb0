import * as z from 'zod';
import { modelDocument } from '../shared/scoring/index.ts';
import { operatorNames } from '../shared/scoring/operators/index.ts';
import { descriptions } from './model-descriptions.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** How many names an object may hold: rules that zod checks in code, and that JSON Schema has words for. */
const namesOf: Readonly<Record<string, object>> = {
  dimensions: { minProperties: 1, maxProperties: 12 },
  questions: { maxProperties: 200 },
  attributes: { maxProperties: 200 },
  activities: { maxProperties: 200 },
};

/** Such as `bands[].from` of `dimensions.*.criteria[].bands[].from`, the longest first. */
const endsOf = (path: string): string[] => {
  const parts = path.split('.');
  return parts.map((_, i) => parts.slice(i).join('.'));
};

const descriptionOf = (path: string): string | undefined =>
  endsOf(path)
    .flatMap((end) => [end, end.replace(/[^.]+$/, '*')])
    .map((end) => descriptions[end])
    .find((text) => text !== undefined);

/** What stands beside a reference is passed over by readers of this draft, so the reference moves inwards. */
const described = (schema: Schema, path: string): Schema => {
  const description = schema.description ?? descriptionOf(path);
  if (description === undefined) return schema;
  const { $ref, ...rest } = schema;
  return $ref === undefined ? { ...schema, description } : { ...rest, description, allOf: [{ $ref }] };
};

/** A test of a value needs an operator beside what it tests. */
const withOperator = (schema: Schema): Schema => {
  const operators = operatorNames.filter((name) => schema.properties?.[name] !== undefined);
  return operators.length < operatorNames.length
    ? schema
    : { ...schema, anyOf: operators.map((name) => ({ required: [name] })) };
};

/** What tells one of several alternatives, for the messages of editors: its kind, or the field that only it has. */
const titled = (schema: Schema): Schema => {
  const [field] = schema.required?.filter((name) => name !== 'id' && name !== 'text') ?? [];
  if (field === undefined || schema.title !== undefined) return schema;
  const told = schema.properties?.[field];
  const only = typeof told === 'object' ? told.const : undefined;
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

/** Adds to a schema, and all within, what zod has no words for. */
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

/** The format of scoring models as JSON Schema, in the draft that editors know best. */
export const modelSchema = () => {
  const { $schema, ...schema } = z.toJSONSchema(modelDocument, { io: 'input', target: 'draft-7' });
  return {
    $schema,
    $id: 'urn:sluice:model:1',
    ...completed(schema as Schema, ''),
    description:
      'A scoring model of Sluice. What a schema can’t say (names, values, what can never hold) is said by `sluice model check`.',
  };
};
