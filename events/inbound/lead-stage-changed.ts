import * as z from 'zod';
import { inbound } from '../envelope.ts';
import { actor, leadId, reason, stage } from '../fields.ts';

export const LeadStageChanged = inbound({
  detailType: 'LeadStageChanged',
  description: 'A CRM or a person says at which stage a lead is. A fact, not a request: the latest counts.',
  data: z.strictObject({ leadId, stage, reason: reason.optional(), actor: actor.optional() }),
  sample: { leadId: 'l-1', stage: 'opportunity', reason: 'Discovery call held', actor: 'sales-7' },
});
