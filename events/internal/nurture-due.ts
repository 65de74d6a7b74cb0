import * as z from 'zod/mini';
import { internal } from '../envelope.ts';
import { leadId, utcInstant } from '../fields.ts';

/** A nurture track that had to wait may begin: `advance-leads` sends it to `start-nurture`. */
export const NurtureDue = internal({
  detailType: 'NurtureDue',
  description: 'The waiting time of a nurture track is over.',
  data: z.strictObject({ leadId, dueAt: utcInstant }),
  sample: { leadId: 'l-1', dueAt: '2026-03-02T09:00:00.000Z' },
});
