import * as z from 'zod';
import { nameSchema } from '../../../events/index.ts';
import { plainSchema } from './plain.ts';

/** Text for people, on one line. */
export const sentence = z
  .string()
  .min(1)
  .max(300)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), {
    error: 'well-formed Unicode without control characters',
  });

export const points = z.number().min(-1_000).max(1_000);

/** Ids stand in events, metrics and keys of other systems, so they are names. */
export const id = nameSchema;

/** A value that a fact can be compared with. */
export const plain = plainSchema(z);
