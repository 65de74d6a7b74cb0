import * as z from 'zod';
import { condition } from './condition.ts';
import { sentence } from './fields.ts';
import { type SlidePart, slideParts } from './slide-parts.ts';

const part = z.strictObject({
  title: sentence,
  complete: condition,
  partial: condition.optional().meta({ description: 'where `complete` does not hold' }),
});

/** The rules by which a lead is ready for a demo. */
export const slide = z.strictObject({
  threshold: z
    .number()
    .positive()
    .max(slideParts.length)
    .meta({ description: 'how many parts make a lead demo-ready; a partial one counts `partialCounts`' }),
  partialCounts: z.number().min(0).max(1).default(0.5),
  parts: z.strictObject(
    Object.fromEntries(slideParts.map((name) => [name, part])) as Record<SlidePart, typeof part>,
  ),
});
