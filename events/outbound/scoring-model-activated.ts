import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { actor, text } from '../fields.ts';

export const ScoringModelActivated = outbound({
  detailType: 'ScoringModelActivated',
  description: 'From now on, leads are scored by another model version.',
  data: z.strictObject({
    modelVersion: text(160),
    previousModelVersion: z.optional(text(160)),
    actor: z.optional(actor),
  }),
  sample: { modelVersion: 'success-ready@4', previousModelVersion: 'success-ready@3' },
});
