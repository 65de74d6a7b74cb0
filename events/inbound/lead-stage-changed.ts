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
    dealId: z
      .optional(dealId)
      .check(
        z.describe(
          'The deal that brings the lead to this stage, and is thereby open; at the stage customer it is won. Left out: ' +
            'the statement is of the lead itself. Only such a one takes a customer back to an earlier stage.',
        ),
      ),
    reason: z.optional(reason),
    actor: z.optional(actor),
  }),
  sample: { leadId: 'l-1', stage: 'opportunity', reason: 'Discovery call held', actor: 'sales-7' },
});
