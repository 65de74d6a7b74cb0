import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { bag, leadId, name, scalar } from '../fields.ts';
import { limits } from '../limits.ts';

export const LeadActivityRecorded = inbound({
  detailType: 'LeadActivityRecorded',
  description: 'A lead did something: opened, visited, downloaded, asked for a demo.',
  data: z.strictObject({
    leadId,
    activity: name,
    count: z._default(z.int().check(z.gte(1), z.lte(limits.activityCount)), 1),
    total: z.optional(z.int().check(z.gte(0), z.lte(limits.activityTotal))),
    properties: z.optional(bag(scalar, limits.propertiesPerEvent)),
  }),
  sample: { leadId: 'l-1', activity: 'demo_requested', count: 1, properties: { page: '/demo' } },
});
