import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { requalificationCauses } from '../words.ts';
import { clockTrigger, position, standing } from './lead-data.ts';
import { disqualification } from './lead-disqualified.ts';

export const LeadRequalified = outbound({
  detailType: 'LeadRequalified',
  description: 'A lead is no longer disqualified, because of new facts or of a new model.',
  data: z.strictObject({
    ...position,
    ...standing,
    trigger: clockTrigger,
    was: disqualification,
    cause: z.enum(requalificationCauses),
  }),
  sample: {
    leadId: 'l-1',
    version: 6,
    ordinal: 0,
    was: {
      disqualifier: 'no-problem',
      class: 'problem',
      text: 'has none of the problems that the product solves',
    },
    cause: 'facts',
    stage: 'mql',
    status: 'active',
    tier: 'risky',
    score: 44,
    coverage: 0.8,
    modelVersion: 'success-ready@1',
    action: { kind: 'nurture', track: 'mql-nurture' },
    actionChanged: true,
  },
});
