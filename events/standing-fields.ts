import * as z from 'zod/mini';
import { name } from './fields.ts';
import { tiers } from './words.ts';

// Fields of announcements only. Functions that only take in events don't load them.

export const tier = z.enum(tiers);

/** The schema of the action that the policy asks for: no action, one nurture track or one hand-off. */
export const action = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('nurture'), track: name }),
    z.strictObject({
      kind: z.literal('handoff'),
      queue: name,
      dueHours: z.number().check(z.positive(), z.lte(8_760)),
    }),
  ],
  { error: 'one of none, nurture, handoff' },
);
export type Action = z.infer<typeof action>;

export const score = z.number().check(z.gte(0), z.lte(100));
export const share = z.number().check(z.gte(0), z.lte(1));
