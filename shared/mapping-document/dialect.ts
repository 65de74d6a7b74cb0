import * as z from 'zod';
import { findPathProblem } from '../mapping/index.ts';

/** The two ways in which mappings name a place in a record: columns of CSV files, and paths of payloads. */
export interface Dialect {
  /** The field of the object form, for which a plain string is short. */
  readonly key: 'column' | 'path';
  readonly keys: 'columns' | 'paths';
  /** A description of a plain string, for people. */
  readonly plain: string;
  readonly name: z.ZodType<string, string>;
}

export const csvDialect: Dialect = {
  key: 'column',
  keys: 'columns',
  plain: 'the name of a column',
  name: z
    .string({ error: 'the name of a column' })
    .refine((given) => given.trim() !== '', { error: 'the name of a column' })
    .transform((given) => given.trim()),
};

const pathText = z
  .string({ error: 'a path, which is a JMESPath expression such as properties.email' })
  .transform((given) => given.trim())
  .superRefine((given, context) => {
    const allowed = findPathProblem(given);
    if (allowed !== undefined) context.addIssue(issue(allowed));
  });

export const payloadDialect: Dialect = { key: 'path', keys: 'paths', plain: 'a path', name: pathText };

export const issue = (message: string, path: PropertyKey[] = []) => ({
  code: 'custom' as const,
  message,
  path,
});

/** Expands a plain string, which is short for a name. */
export const orName =
  ({ key }: Dialect) =>
  (given: unknown): unknown =>
    typeof given === 'string' ? { [key]: given } : given;

type OptionalName = z.ZodOptional<z.ZodType<string, string>>;
type OptionalNames = z.ZodOptional<z.ZodArray<z.ZodType<string, string>>>;

/** Returns the field that names a place. The other dialect's is in the type alone. */
export const nameShape = ({ key, name }: Dialect) =>
  ({ [key]: name.optional() }) as { readonly column: OptionalName; readonly path: OptionalName };

/** Returns the field that names several places. */
export const namesShape = ({ keys, name }: Dialect) =>
  ({ [keys]: z.array(name).min(1).optional() }) as {
    readonly columns: OptionalNames;
    readonly paths: OptionalNames;
  };
