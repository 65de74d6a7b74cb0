import * as z from 'zod/mini';
import { internal } from '../envelope.ts';
import { eventId, leadId, utcInstant } from '../fields.ts';

/** The deadline of a hand-off passes, or its waiting time is over: `advance-leads` sends it to `hand-off`. */
export const HandoffDue = internal({
  detailType: 'HandoffDue',
  description: 'The deadline of a hand-off passes, or its waiting time is over.',
  data: z.strictObject({ leadId, handoffId: eventId, dueAt: utcInstant }),
  sample: { leadId: 'l-1', handoffId: 'h-1', dueAt: '2026-03-02T09:00:00.000Z' },
});
