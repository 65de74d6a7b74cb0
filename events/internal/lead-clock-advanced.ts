import * as z from 'zod/mini';
import { internal } from '../envelope.ts';
import { leadId } from '../fields.ts';

/**
 * Time has come for a lead: `advance-leads` sends it to `score-leads`. It occurs at the instant at which the lead was
 * due. It has a ledger entry of its own, and contains no fact about the lead.
 */
export const LeadClockAdvanced = internal({
  detailType: 'LeadClockAdvanced',
  description: 'Time has come for a lead: it is judged as of this instant.',
  data: z.strictObject({
    leadId,
    /** Whether the lead was stored before leads had a due time, so that it has none yet. */
    first: z.optional(z.literal(true)),
  }),
  sample: { leadId: 'l-1' },
});
