import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { actor, dealId, leadId, reason, stage } from '../fields.ts';

export const LeadStageChanged = inbound({
  detailType: 'LeadStageChanged',
  description:
    'A CRM or a person states the stage of a lead. It is a fact, not a request: the latest statement counts.',
  data: z.strictObject({
    leadId,
    stage,
    dealId: z.optional(dealId),
    reason: z.optional(reason),
    actor: z.optional(actor),
  }),
  sample: { leadId: 'l-1', stage: 'opportunity', reason: 'Discovery call held', actor: 'sales-7' },
});
