import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { leadId } from '../fields.ts';
import { closing, closingSample, position } from './lead-data.ts';

export const LeadRedirected = outbound({
  detailType: 'LeadRedirected',
  description: 'A lead was merged into another one for good: later events about it count for mergedInto.',
  data: z.strictObject({ ...position, ...closing, mergedInto: leadId }),
  sample: { ...closingSample, leadId: 'l-2', mergedInto: 'l-1' },
});
