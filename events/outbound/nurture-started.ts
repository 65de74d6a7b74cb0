import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { name } from '../fields.ts';
import { position } from './lead-data.ts';

export const NurtureStarted = outbound({
  detailType: 'NurtureStarted',
  description:
    'A nurture track began for a lead; the end of a track that it replaces has an event of its own.',
  data: z.strictObject({ ...position, track: name }),
  sample: { leadId: 'l-1', version: 3, ordinal: 0, track: 'lead-nurture' },
});
