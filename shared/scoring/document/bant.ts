import * as z from 'zod';
import { condition } from './condition.ts';
import { letters } from './letters.ts';

const letter = z.strictObject({ pass: condition, fail: condition.optional() });
const weight = z.number().min(0).max(10).default(1);

export const bant = z.strictObject({
  threshold: z
    .number()
    .positive()
    .max(100)
    .meta({ description: 'weights of passing letters needed to be met' }),
  weights: z
    .strictObject({ budget: weight, authority: weight, need: weight, timeframe: weight })
    .prefault({}),
  letters: z.strictObject(
    Object.fromEntries(letters.map((name) => [name, letter])) as Record<
      (typeof letters)[number],
      typeof letter
    >,
  ),
});
