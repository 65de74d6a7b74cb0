import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { actor, reason, text } from '../fields.ts';
import { activationActions } from '../words.ts';

export const ScoringModelActivated = outbound({
  detailType: 'ScoringModelActivated',
  description: 'From now on, leads are scored by another model version.',
  data: z.strictObject({
    modelVersion: text(160),
    previousModelVersion: z.optional(text(160)),
    actor: z.optional(actor),
    reason: z.optional(reason),
    /** Whether it starts and stops what follows from it; left out if it is the first model. */
    actions: z.optional(z.enum(activationActions)),
  }),
  sample: {
    modelVersion: 'success-ready@5',
    previousModelVersion: 'success-ready@3',
    actor: 'ana',
    reason: 'Calibrated on the customers of this year',
    actions: 'all',
  },
});
