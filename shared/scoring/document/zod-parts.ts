import * as z from 'zod';
import type { ZodParts } from './plain.ts';

/**
 * The parts of zod that operands are made of, one by one: all of zod as a value would be bundled as a whole, with its
 * messages in forty languages.
 */
export const zodParts: ZodParts = {
  array: z.array,
  boolean: z.boolean,
  int: z.int,
  number: z.number,
  string: z.string,
  union: z.union,
};
