import * as z from 'zod';
import { inbound } from '../envelope.ts';
import { bag, leadId, name, scalar } from '../fields.ts';
import { limits } from '../limits.ts';

export const LeadActivityRecorded = inbound({
  detailType: 'LeadActivityRecorded',
  description: 'A lead did something: opened, visited, downloaded, asked for a demo.',
  data: z.strictObject({
    leadId,
    activity: name,
    count: z.int().min(1).max(limits.activityCount).default(1),
    properties: bag(scalar, limits.propertiesPerEvent).optional(),
  }),
  sample: { leadId: 'l-1', activity: 'demo_requested', count: 1, properties: { page: '/demo' } },
});
