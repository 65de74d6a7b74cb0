import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { eventId, name, utcInstant } from '../fields.ts';
import { position } from './lead-data.ts';

export const HandoffExpired = outbound({
  detailType: 'HandoffExpired',
  description: 'Nobody in sales answered a hand-off by its due time.',
  data: z.strictObject({ ...position, handoffId: eventId, queue: name, dueAt: utcInstant }),
  sample: {
    leadId: 'l-1',
    version: 3,
    ordinal: 0,
    handoffId: 'h-1',
    queue: 'sales',
    dueAt: '2026-03-02T09:00:00.000Z',
  },
});
