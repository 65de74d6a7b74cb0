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
    dealId: z.optional(dealId),
    amount: z.optional(z.number().check(z.gte(0), z.lte(limits.amount))),
    reason: z.optional(reason),
  }),
  sample: { leadId: 'l-1', outcome: 'won', amount: 12_000 },
});
