/** A JSON Schema. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const propertiesOf = (branch: unknown): Schema => {
  const properties = isSchema(branch) ? branch.properties : undefined;
  return isSchema(properties) ? properties : {};
};

const constantOf = (property: unknown): unknown => (isSchema(property) ? property.const : undefined);

/** Returns the values by which branches differ, by the names of the properties that have one in each branch. */
const listKinds = (branches: readonly unknown[]): Record<string, Schema> => {
  const [first, ...others] = branches.map(propertiesOf);
  const names = Object.keys(first ?? {}).filter((name) =>
    [first, ...others].every((properties) => constantOf(properties?.[name]) !== undefined),
  );
  return Object.fromEntries(
    names.map((name) => [
      name,
      { enum: [first, ...others].map((properties) => constantOf(properties?.[name])) },
    ]),
  );
};

/**
 * Returns a schema in which every union of kinds lists all of its kinds. Of a union, the language service proposes only
 * what the branch has that fits best so far, and so one kind alone.
 */
export const withAllKinds = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(withAllKinds);
  if (!isSchema(schema)) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, withAllKinds(value)]),
  );
  const branches = schema.oneOf ?? schema.anyOf;
  if (!Array.isArray(branches) || branches.length < 2) return inner;
  const kinds = listKinds(branches);
  return Object.keys(kinds).length === 0
    ? inner
    : { ...inner, properties: { ...kinds, ...propertiesOf(inner) } };
};
