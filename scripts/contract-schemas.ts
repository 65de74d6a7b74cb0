import type * as z from 'zod';
import { type Contract, limits, sluiceSource } from '../events/index.ts';

/** The version in every `$id`. It rises with `metadata.schemaVersion`. */
export const schemaVersion = 1;

/** The maximum number of names in a bag: zod checks it in code, and JSON Schema has keywords for it. */
const namesPerBag: Readonly<Record<string, number>> = {
  attributes: limits.attributesPerEvent,
  answers: limits.answersPerEvent,
  properties: limits.propertiesPerEvent,
};

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>;

/** Returns whether a schema is that of a bag. A record of known names is none. */
const isBag = ({ _zod: { def } }: Parameters<Override>[0]['zodSchema']): boolean =>
  def.type === 'record' && def.keyType._zod.def.type !== 'enum';

/** Adds the size limit of the bags of a document of facts to a schema. They may be empty. */
export const boundFacts: Override = ({ zodSchema, jsonSchema }) => {
  if (isBag(zodSchema)) Object.assign(jsonSchema, { maxProperties: limits.namesPerFactsDocument });
};

/**
 * Adds the size limits of bags to a schema.
 *
 * @throws Error if a contract has a bag of unknown size; a new bag must be added to `namesPerBag`
 */
export const boundBags: Override = ({ zodSchema, jsonSchema, path }) => {
  if (!isBag(zodSchema)) return;
  const field = String(path.at(-1));
  const maxProperties = namesPerBag[field];
  if (maxProperties === undefined) {
    const known = Object.keys(namesPerBag).join(', ');
    throw new Error(`${path.join('.')}: given the bag "${field}"; allowed: ${known}`);
  }
  Object.assign(jsonSchema, { minProperties: 1, maxProperties });
};

/** Returns the schema of the source of an event. */
export const sourceSchema = ({ direction }: Contract) =>
  direction === 'outbound'
    ? { type: 'string', const: sluiceSource }
    : { type: 'string', minLength: 1, maxLength: 256, not: { const: sluiceSource } };
