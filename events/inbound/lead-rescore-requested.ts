import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { leadId, text } from '../fields.ts';
import { activationActions } from '../words.ts';

export const LeadRescoreRequested = inbound({
  detailType: 'LeadRescoreRequested',
  description:
    'A lead is to be judged again by the active model; modelVersion names the version that was intended. ' +
    'The event has no facts about the lead. With actions none, nothing starts or stops by it.',
  data: z.strictObject({
    leadId,
    modelVersion: text(160),
    /** Only rescoring by `rescore-leads` has it: its changes say that a model has caused them. */
    actions: z.optional(z.enum(activationActions)),
  }),
  sample: { leadId: 'l-1', modelVersion: 'success-ready@5', actions: 'all' },
});
