import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { name, text } from '../fields.ts';
import { disqualifierClasses } from '../words.ts';
import { clockTrigger, position, standing } from './lead-data.ts';

/** The reason for a disqualification: the disqualifier's id, its class and its sentence. */
export const disqualification = z.strictObject({
  disqualifier: name,
  class: z.enum(disqualifierClasses),
  text: text(300),
});
export type Disqualification = z.infer<typeof disqualification>;

export const LeadDisqualified = outbound({
  detailType: 'LeadDisqualified',
  description: 'A lead was disqualified: no sale is to be expected, for the reason given.',
  data: z.strictObject({ ...position, ...standing, trigger: clockTrigger, because: disqualification }),
  sample: {
    leadId: 'l-1',
    version: 4,
    ordinal: 0,
    because: {
      disqualifier: 'no-problem',
      class: 'problem',
      text: 'has none of the problems that the product solves',
    },
    stage: 'mql',
    status: 'disqualified',
    tier: 'none',
    score: 44,
    coverage: 0.8,
    modelVersion: 'success-ready@1',
    action: { kind: 'nurture', track: 'long-term' },
    actionChanged: true,
  },
});
