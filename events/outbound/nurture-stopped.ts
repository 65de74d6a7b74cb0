import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { name } from '../fields.ts';
import { position } from './lead-data.ts';

export const NurtureStopped = outbound({
  detailType: 'NurtureStopped',
  description: 'A nurture track ended for a lead; replacedBy names the track that follows, if one does.',
  data: z.strictObject({ ...position, track: name, replacedBy: z.optional(name) }),
  sample: { leadId: 'l-1', version: 4, ordinal: 0, track: 'lead-nurture', replacedBy: 'mql-nurture' },
});
