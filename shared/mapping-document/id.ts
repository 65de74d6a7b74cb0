import * as z from 'zod';
import { type IdSpec, unsafeWays } from '../mapping/index.ts';
import { type Dialect, issue, nameShape, namesShape, orName } from './dialect.ts';

/** Whether texts that differ by case alone are one. */
export const keyCase = z.literal('lower');

/** Returns the schema of an id that is made of one or more texts. */
export const createIdSchema = (dialect: Dialect) => {
  const { key, keys, plain } = dialect;
  const idObject = z
    .strictObject(
      {
        ...nameShape(dialect),
        ...namesShape(dialect),
        separator: z.string().default(':'),
        prefix: z.string().default(''),
        case: keyCase.optional(),
        unsafe: z.enum(unsafeWays).optional(),
      },
      { error: `${plain}, {"${key}": …} or {"${keys}": […]}` },
    )
    .superRefine(({ column, path, columns, paths }, context) => {
      if (((column ?? path) === undefined) === ((columns ?? paths) === undefined)) {
        context.addIssue(issue(`either "${key}" or "${keys}"`));
      }
    })
    .transform(({ column, path, columns, paths, ...rest }): IdSpec => {
      const name = column ?? path;
      return { ...rest, names: columns ?? paths ?? (name === undefined ? [] : [name]) };
    });
  return z.preprocess(orName(dialect), idObject);
};
