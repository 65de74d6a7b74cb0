import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { actor, bag, factValue, leadId, possiblyEmpty } from '../fields.ts';
import { limits } from '../limits.ts';

const answer = z.strictObject(
  { value: factValue, text: z.optional(possiblyEmpty(limits.answerTextLength)) },
  {
    error: ({ code }) =>
      code === 'invalid_type' ? 'an object with the value, such as {"value":"approved"}' : undefined,
  },
);

export const LeadAnswersRecorded = inbound({
  detailType: 'LeadAnswersRecorded',
  description: 'A lead answered questions, on a form or to a person.',
  data: z.strictObject({
    leadId,
    answers: bag(answer, limits.answersPerEvent),
    askedBy: z.optional(actor),
  }),
  sample: { leadId: 'l-1', answers: { budget: { value: 'approved', text: 'Set aside for this quarter.' } } },
});
