import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { closing, closingSample, position } from './lead-data.ts';

export const LeadErased = outbound({
  detailType: 'LeadErased',
  description:
    'All that was known of a lead, and of those that were redirected to it, is gone, and nothing more is taken in. Whoever keeps copies must erase them. It may come again.',
  data: z.strictObject({ ...position, ...closing }),
  sample: closingSample,
});
