import type * as z from 'zod';

/** The parts of zod that the schemas of operands are made of. */
export type ZodParts = Pick<typeof z, 'array' | 'boolean' | 'int' | 'number' | 'string' | 'union'>;

/**
 * Returns the schema of a value that a fact can be compared with. Takes zod, so that the evaluator is bundled without.
 */
export const plainSchema = (zod: ZodParts) =>
  zod.union([zod.string().max(200), zod.number(), zod.boolean()], {
    error: 'a string of at most 200 characters, a number or a boolean',
  });
export type Plain = z.infer<ReturnType<typeof plainSchema>>;
