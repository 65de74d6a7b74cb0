import * as z from 'zod/mini';
import { name, tier } from './fields.ts';

// Fields of announcements only. Functions that only take in events don't load them.

export { tier };

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

/** The schema of what a person overrides: the tier that the model gives, and whether the lead is held out of hand-offs. */
export const overridden = z.strictObject({ tier, hold: z.optional(z.literal(true)) });

/** The schema of the mark of a lead whose model was changed without actions. */
export const actionsWait = z
  .literal(true)
  .check(
    z.describe(
      'Another model was activated without actions: what runs goes on, and nothing starts or stops until the next event of the lead.',
    ),
  );

export const score = z.number().check(z.gte(0), z.lte(100));
export const share = z.number().check(z.gte(0), z.lte(1));
