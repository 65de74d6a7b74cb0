import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { tier } from '../standing-fields.ts';
import { directions } from '../words.ts';
import { clockTrigger, position, scoreReason, standing } from './lead-data.ts';

export const LeadTierChanged = outbound({
  detailType: 'LeadTierChanged',
  description:
    'A lead moved to another tier: from, to, score, the reasons that weighed most, and the action that follows.',
  data: z.strictObject({
    ...position,
    ...standing,
    trigger: clockTrigger,
    from: tier,
    to: tier,
    direction: z.enum(directions),
    reasons: z.array(scoreReason).check(z.maxLength(5)),
  }),
  sample: {
    leadId: 'l-1',
    version: 3,
    ordinal: 0,
    from: 'risky',
    to: 'good',
    direction: 'up',
    stage: 'mql',
    status: 'active',
    tier: 'good',
    score: 61.5,
    coverage: 0.7,
    modelVersion: 'success-ready@1',
    action: { kind: 'handoff', queue: 'sales', dueHours: 24 },
    actionChanged: true,
    reasons: [
      {
        dimension: 'engagement',
        criterion: 'demo-requested',
        text: 'asked for a demo in the last 90 days',
        points: 40,
        weight: 20,
      },
    ],
  },
});
