import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { score } from '../standing-fields.ts';
import { clockTrigger, position, scoreReason, standing } from './lead-data.ts';

export const LeadScored = outbound({
  detailType: 'LeadScored',
  description:
    'The score of a lead has moved by at least as many points as the policy names, since it was last announced.',
  data: z.strictObject({
    ...position,
    ...standing,
    trigger: clockTrigger,
    /** The score that was announced before. */
    from: score,
    reasons: z.array(scoreReason).check(z.maxLength(5)),
  }),
  sample: {
    leadId: 'l-1',
    version: 3,
    ordinal: 0,
    from: 50,
    stage: 'mql',
    status: 'active',
    tier: 'good',
    score: 61.5,
    coverage: 0.7,
    modelVersion: 'success-ready@1',
    action: { kind: 'none' },
    actionChanged: false,
    reasons: [],
  },
});
