import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { text } from '../fields.ts';
import { rejectionCodes } from '../rejection-codes.ts';

export const EventQuarantined = outbound({
  detailType: 'EventQuarantined',
  description:
    'An event was rejected. It is stored complete, with the reasons, so that it can be corrected and replayed.',
  data: z.strictObject({
    quarantineId: text(64),
    code: z.enum(rejectionCodes),
    /** Each reason names the field, the value given (cut short) and the allowed values. */
    reasons: z.array(text(600)).check(z.minLength(1), z.maxLength(20)),
    /** This and the next three fields are left out if they could not be read from the event. */
    leadId: z.optional(text(128)),
    rejectedEventId: z.optional(text(128)),
    rejectedType: z.optional(text(128)),
    rejectedSource: z.optional(text(256)),
    bytes: z.int().check(z.gte(0)),
  }),
  sample: {
    quarantineId: '9f2c4a1b7d',
    code: 'malformed',
    reasons: [
      'detail.data.stage: given "prospect"; allowed: subscriber, lead, mql, sql, opportunity, customer',
    ],
    leadId: 'l-1',
    rejectedEventId: 'a-7',
    rejectedType: 'LeadStageChanged',
    rejectedSource: 'crm',
    bytes: 241,
  },
});
