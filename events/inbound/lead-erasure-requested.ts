import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { leadId } from '../fields.ts';

export const LeadErasureRequested = inbound({
  detailType: 'LeadErasureRequested',
  description: 'The personal data of a lead is to be erased.',
  data: z.strictObject({ leadId }),
  sample: { leadId: 'l-1' },
});
