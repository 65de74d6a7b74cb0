import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { erasureCauses } from '../words.ts';
import { closing, closingSample, position } from './lead-data.ts';

export const LeadErased = outbound({
  detailType: 'LeadErased',
  description:
    'Everything known about a lead, and about the leads that were redirected to it, was erased, and the content of ' +
    'later events is not stored. Consumers must erase their copies. It may be announced more than once.',
  data: z.strictObject({ ...position, ...closing, cause: z.optional(z.enum(erasureCauses)) }),
  sample: { ...closingSample, cause: 'request' },
});
