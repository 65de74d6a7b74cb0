import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { bag, eventId, factValue, name, stage, text, utcInstant } from '../fields.ts';
import { score, tier } from '../standing-fields.ts';
import { position, scoreReason } from './lead-data.ts';

/** The most attributes that a policy may name. */
const mostAttributes = 10;

export const HandoffRequested = outbound({
  detailType: 'HandoffRequested',
  description: 'A lead is handed off to a queue of sales, which is to accept or reject it by the due time.',
  data: z.strictObject({
    ...position,
    handoffId: eventId,
    queue: name,
    dueAt: utcInstant,
    stage,
    tier,
    score,
    /** The reasons that weighed most. Left out if it was requested by a version that gave none. */
    reasons: z.optional(z.array(scoreReason).check(z.maxLength(5))),
    /** The question worth asking next; left out if there is none. */
    question: z.optional(z.strictObject({ name, text: text(300) })),
    /** The attributes of the lead that the policy names, as far as they are known. They may be personal. */
    attributes: z.optional(bag(factValue, mostAttributes)),
  }),
  sample: {
    leadId: 'l-1',
    version: 3,
    ordinal: 0,
    handoffId: 'h-1',
    queue: 'sales',
    dueAt: '2026-03-02T09:00:00.000Z',
    stage: 'mql',
    tier: 'excellent',
    score: 81,
  },
});
