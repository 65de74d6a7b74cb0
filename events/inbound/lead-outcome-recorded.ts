import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { dealId, leadId, outcome, reason } from '../fields.ts';
import { limits } from '../limits.ts';

export const LeadOutcomeRecorded = inbound({
  detailType: 'LeadOutcomeRecorded',
  description:
    'The outcome of a deal, or a later one of the customer: won, lost, renewed, expanded, churned, referenced.',
  data: z.strictObject({
    leadId,
    outcome,
    dealId: z
      .optional(dealId)
      .check(
        z.describe(
          'The deal that the outcome is of. A lead is recycled when every deal that was named is lost and none was won. ' +
            'Left out: the outcome is of the lead, whose only deal it is, unless a deal that was named is still open.',
        ),
      ),
    amount: z.optional(z.number().check(z.gte(0), z.lte(limits.amount))),
    reason: z.optional(reason),
  }),
  sample: { leadId: 'l-1', outcome: 'won', dealId: 'deal-7', amount: 12_000 },
});
