import * as z from 'zod';
import { outbound } from '../envelope.ts';
import { text } from '../fields.ts';

export const EventQuarantined = outbound({
  detailType: 'EventQuarantined',
  description: 'An event was rejected and is kept whole, with the reasons, until it is mended and replayed.',
  data: z.strictObject({
    quarantineId: text(64),
    code: z.enum([
      'not-json',
      'unknown-type',
      'malformed',
      'ahead-of-time',
      'conflicting-content',
      'too-large',
      'not-supported',
    ]),
    /** Each names the field, the value given (cut short) and what is allowed. */
    reasons: z.array(text(600)).min(1).max(20),
    /** As far as the event could be read. */
    leadId: text(128).optional(),
    rejectedEventId: text(128).optional(),
    rejectedType: text(128).optional(),
    rejectedSource: text(256).optional(),
    bytes: z.int().min(0),
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
