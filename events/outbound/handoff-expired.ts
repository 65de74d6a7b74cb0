import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { eventId, name, utcInstant } from '../fields.ts';
import { tier } from '../standing-fields.ts';
import { expirySteps } from '../words.ts';
import { position } from './lead-data.ts';

export const HandoffExpired = outbound({
  detailType: 'HandoffExpired',
  description:
    'A deadline of a hand-off passed and nobody had answered: what follows, and until when the next one has to answer.',
  data: z.strictObject({
    ...position,
    handoffId: eventId,
    queue: name,
    dueAt: utcInstant,
    /** The number of the deadline that passed, from 1. */
    deadline: z.int().check(z.gte(1)),
    followedBy: z.enum(expirySteps),
    /** The queue that has the hand-off from now on, if it was passed on. */
    nextQueue: z.optional(name),
    /** The next deadline, if there is one. */
    nextDueAt: z.optional(utcInstant),
    /** The person or team to whom it was escalated. */
    escalatedTo: z.optional(name),
    tier,
  }),
  sample: {
    leadId: 'l-1',
    version: 3,
    ordinal: 0,
    handoffId: 'h-1',
    queue: 'sales',
    dueAt: '2026-03-02T09:00:00.000Z',
    deadline: 1,
    followedBy: 'pass',
    nextQueue: 'sales-backup',
    nextDueAt: '2026-03-02T13:00:00.000Z',
    tier: 'excellent',
  },
});
