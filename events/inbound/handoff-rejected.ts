import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { actor, leadId, reason, verdictHandoffId } from '../fields.ts';

export const HandoffRejected = inbound({
  detailType: 'HandoffRejected',
  description: 'A person in sales rejects a hand-off: the lead is recycled into nurture, with the reason.',
  data: z.strictObject({ leadId, handoffId: verdictHandoffId, actor, reason: z.optional(reason) }),
  sample: { leadId: 'l-1', handoffId: 'h-1', actor: 'sales-7', reason: 'No project this year' },
});
