import * as z from 'zod';
import type { Condition } from '../mapping/index.ts';
import { type Dialect, issue, nameShape, orName } from './dialect.ts';

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string()).min(1)], {
  error: 'a text or a list of texts',
});

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const scalars = z.union([scalar.transform((text) => [text]), z.array(scalar).min(1)], {
  error: 'a text, a number, true or false, or a list of them',
});

/** A condition on whether a joined file has a row. */
interface JoinedCondition {
  readonly joined: string;
}
export type CsvCondition = Condition | JoinedCondition;

const testsOf = (values: z.ZodType<string[]>) => ({
  filled: z.boolean().optional(),
  equals: values.optional(),
  not: values.optional(),
});

const checkTests = (tests: Omit<Condition, 'name'>, context: z.RefinementCtx): void => {
  const given = [tests.filled, tests.equals, tests.not].filter((test) => test !== undefined);
  if (given.length > 1) context.addIssue(issue('one of "filled", "equals" and "not"'));
};

/** Returns the schema of conditions that must all hold. */
const createWhen = <T extends z.ZodType>(condition: T) =>
  z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(condition).min(1));

export const createCsvWhen = (dialect: Dialect) => {
  const condition = z
    .strictObject(
      { ...nameShape(dialect), ...testsOf(texts), joined: z.string().optional() },
      { error: 'the name of a column that is filled, {"column": …, "equals": …} or {"joined": …}' },
    )
    .superRefine(({ column, joined, path: _, ...tests }, context) => {
      if ((column === undefined) === (joined === undefined)) {
        context.addIssue(issue('either "column" or "joined"'));
      } else if (joined !== undefined && Object.keys(tests).length > 0) {
        context.addIssue(issue('nothing beside "joined"'));
      } else checkTests(tests, context);
    })
    .transform(
      ({ column = '', joined, path: _, ...tests }): CsvCondition =>
        joined === undefined ? { ...tests, name: column } : { joined },
    );
  return createWhen(z.preprocess(orName(dialect), condition));
};

export const createPayloadWhen = (dialect: Dialect) => {
  const condition = z
    .strictObject(
      { path: dialect.name, ...testsOf(scalars) },
      { error: 'a path at which something is, or {"path": …, "equals": …}' },
    )
    .superRefine(({ path: _, ...tests }, context) => checkTests(tests, context))
    .transform(({ path, ...tests }): Condition => ({ ...tests, name: path }));
  return createWhen(z.preprocess(orName(dialect), condition));
};
