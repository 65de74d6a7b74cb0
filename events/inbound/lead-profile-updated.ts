import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { bag, factValue, leadId } from '../fields.ts';
import { limits } from '../limits.ts';

export const LeadProfileUpdated = inbound({
  detailType: 'LeadProfileUpdated',
  description: 'Attributes of a lead became known or changed; null, or an empty text, clears one.',
  data: z.strictObject({ leadId, attributes: bag(factValue, limits.attributesPerEvent) }),
  sample: { leadId: 'l-1', attributes: { jobTitle: 'Head of Operations', employees: 240, country: 'DE' } },
});
