import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { actor, leadId, reason, verdictHandoffId } from '../fields.ts';

export const HandoffAccepted = inbound({
  detailType: 'HandoffAccepted',
  description: 'A person in sales accepts a hand-off: the lead is sales-qualified.',
  data: z.strictObject({ leadId, handoffId: verdictHandoffId, actor, reason: z.optional(reason) }),
  sample: { leadId: 'l-1', handoffId: 'h-1', actor: 'sales-7' },
});
