import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { actor, leadId, reason } from '../fields.ts';

export const LeadOverrideLifted = inbound({
  detailType: 'LeadOverrideLifted',
  description: 'A person lifts the override of a lead before it ends: the tier is that of the model again.',
  data: z.strictObject({ leadId, actor, reason: z.optional(reason) }),
  sample: { leadId: 'l-1', actor: 'sales-7', reason: 'They chose somebody else' },
});
