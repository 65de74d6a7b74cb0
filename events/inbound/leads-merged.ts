import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { leadId } from '../fields.ts';

export const LeadsMerged = inbound({
  detailType: 'LeadsMerged',
  description: 'Two records are one lead: mergedLeadId is folded into leadId, which survives.',
  data: z.strictObject({ leadId, mergedLeadId: leadId }).check(
    z.refine((data) => data.leadId !== data.mergedLeadId, {
      error: 'another id than leadId: a lead is not merged into itself',
      path: ['mergedLeadId'],
    }),
  ),
  sample: { leadId: 'l-1', mergedLeadId: 'l-2' },
});
