import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { eventId, name, stage, utcInstant } from '../fields.ts';
import { score, tier } from '../standing-fields.ts';
import { position } from './lead-data.ts';

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
