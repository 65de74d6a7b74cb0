import * as z from 'zod';
import { nameSchema } from '../../../events/index.ts';
import { plainSchema } from './plain.ts';
import { zodParts } from './zod-parts.ts';

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

/** Marks figures that are made up to show how a model works, so that nobody takes them for measured ones. */
export const example = z
  .boolean()
  .optional()
  .meta({ description: 'whether the figures are made up as an example; explanations say so' });

/** A value that a fact can be compared with. */
export const plain = plainSchema(zodParts);
