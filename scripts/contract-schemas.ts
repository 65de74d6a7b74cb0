import * as z from 'zod';
import { type Contract, sluiceSource } from '../events/index.ts';

/** The version in every `$id`. It rises with `metadata.schemaVersion`. */
export const schemaVersion = 1;

/** Asserts that objects with any names have a bound on them. Known names, a list of words, are one. */
const assertBounded = (part: unknown, path: readonly string[]): void => {
  if (typeof part !== 'object' || part === null) return;
  const { propertyNames, maxProperties } = part as z.core.JSONSchema.BaseSchema;
  const isBag = typeof propertyNames === 'object' && propertyNames.enum === undefined;
  if (isBag && maxProperties === undefined)
    throw new Error(
      `${path.join('.')}: given a bag without a bound; allowed: one with z.meta({ maxProperties })`,
    );
  for (const [name, inner] of Object.entries(part)) assertBounded(inner, [...path, name]);
};

/**
 * Returns the JSON Schema of what producers and callers send. Each bag in it has a bound on its names: zod checks that in
 * code, so that the bag carries the bound as metadata too.
 *
 * @throws Error for a bag without a bound
 */
export const inputSchema = (schema: z.core.$ZodType): z.core.JSONSchema.BaseSchema => {
  const made = z.toJSONSchema(schema, { io: 'input' });
  assertBounded(made, []);
  return made;
};

/** Returns the schema of the source of an event. */
export const sourceSchema = ({ direction }: Contract) =>
  direction === 'outbound'
    ? { type: 'string', const: sluiceSource }
    : { type: 'string', minLength: 1, maxLength: 256, not: { const: sluiceSource } };
