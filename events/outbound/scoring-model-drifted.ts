import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { name, text, utcInstant } from '../fields.ts';
import { driftFindings } from '../words.ts';

export const ScoringModelDrifted = outbound({
  detailType: 'ScoringModelDrifted',
  description:
    'Leads differ from those that the model was compared with before, or its scores no longer tell who becomes a customer ' +
    'as they did.',
  data: z.strictObject({
    modelVersion: text(160),
    /** The instant as of which the leads were looked at. */
    checkedAt: utcInstant,
    findings: z
      .array(
        z.strictObject({
          kind: z.enum(driftFindings),
          /** The criterion, if it is about one. */
          criterion: z.optional(name),
          value: z.number(),
          /** The value above which it is a finding. */
          limit: z.number(),
          text: text(300),
        }),
      )
      .check(z.minLength(1), z.maxLength(20)),
    /** The first thing to do: move the thresholds of the tiers, or calibrate the model again. */
    remedy: z.enum(['move-tiers', 'calibrate']),
  }),
  sample: {
    modelVersion: 'success-ready@5',
    checkedAt: '2026-03-01T09:00:00.000Z',
    findings: [
      {
        kind: 'score',
        value: 0.24,
        limit: 0.1,
        text: 'scores are distributed otherwise than in the first check of the model',
      },
    ],
    remedy: 'move-tiers',
  },
});
