import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { leadId, text } from '../fields.ts';

export const LeadRescoreRequested = inbound({
  detailType: 'LeadRescoreRequested',
  description:
    'A lead is to be judged anew, by the model that is deployed; modelVersion tells which one was meant. It says nothing about the lead.',
  data: z.strictObject({ leadId, modelVersion: text(160) }),
  sample: { leadId: 'l-1', modelVersion: 'success-ready@2' },
});
