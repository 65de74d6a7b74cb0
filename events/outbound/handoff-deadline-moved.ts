import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { name } from '../fields.ts';
import { deadlineEffects } from '../words.ts';
import { position, standing } from './lead-data.ts';

export const HandoffDeadlineMoved = outbound({
  detailType: 'HandoffDeadlineMoved',
  description:
    'An activity of a lead, named by the policy, paused, resumed or reset the deadline of its open hand-off.',
  data: z.strictObject({ ...position, ...standing, effect: z.enum(deadlineEffects), activity: name }),
  sample: {
    leadId: 'l-1',
    version: 4,
    ordinal: 0,
    effect: 'paused',
    activity: 'waiting_for_lead',
    stage: 'mql',
    status: 'active',
    tier: 'good',
    score: 61.5,
    coverage: 0.7,
    modelVersion: 'success-ready@5',
    action: { kind: 'handoff', queue: 'sales', dueHours: 24 },
    actionChanged: false,
  },
});
