import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { actor, reason, stage } from '../fields.ts';
import { transitionKinds, triggers } from '../words.ts';
import { position, standing } from './lead-data.ts';

export const LeadStageTransitioned = outbound({
  detailType: 'LeadStageTransitioned',
  description: 'A lead entered, advanced to, skipped to or went back to a stage, or was recycled at it.',
  data: z.strictObject({
    ...position,
    ...standing,
    from: z.nullable(stage),
    to: stage,
    kind: z.enum(transitionKinds),
    trigger: z.enum(triggers),
    actor: z.optional(actor),
    reason: z.optional(reason),
  }),
  sample: {
    leadId: 'l-1',
    version: 3,
    ordinal: 0,
    from: 'lead',
    to: 'mql',
    kind: 'advanced',
    trigger: 'activity',
    stage: 'mql',
    status: 'active',
    tier: 'good',
    score: 61.5,
    coverage: 0.7,
    modelVersion: 'success-ready@1',
    action: { kind: 'handoff', queue: 'sales', dueHours: 24 },
    actionChanged: true,
  },
});
