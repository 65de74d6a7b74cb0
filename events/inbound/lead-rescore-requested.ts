import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { leadId, text } from '../fields.ts';

export const LeadRescoreRequested = inbound({
  detailType: 'LeadRescoreRequested',
  description:
    'A lead is to be judged again by the deployed model; modelVersion names the version that was intended. ' +
    'The event has no facts about the lead.',
  data: z.strictObject({ leadId, modelVersion: text(160) }),
  sample: { leadId: 'l-1', modelVersion: 'success-ready@4' },
});
