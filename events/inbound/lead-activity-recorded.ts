import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { bag, leadId, name, scalar } from '../fields.ts';
import { limits } from '../limits.ts';

const count = z
  .optional(z.int().check(z.gte(1), z.lte(limits.activityCount)))
  .check(z.describe('How often it happened: 1, if there is neither a count nor a total.'));

const total = z
  .optional(z.int().check(z.gte(0), z.lte(limits.activityTotal)))
  .check(
    z.describe(
      'Instead of count: how often it has happened so far, as a CRM shows it. Its growth from day to day counts, so a ' +
        'total that is sent again changes nothing.',
    ),
  );

interface Times {
  count?: number | undefined;
  total?: number | undefined;
}

/** Counts an activity once if an event says neither how often nor how often so far. */
const withCount = <T extends Times>(data: T): T =>
  data.count === undefined && data.total === undefined ? { ...data, count: 1 } : data;

export const LeadActivityRecorded = inbound({
  detailType: 'LeadActivityRecorded',
  description: 'A lead did something: opened, visited, downloaded, asked for a demo.',
  data: z
    .strictObject({
      leadId,
      activity: name,
      count,
      total,
      properties: z.optional(bag(scalar, limits.propertiesPerEvent)),
    })
    .check(
      z.refine((data) => data.count === undefined || data.total === undefined, {
        path: ['total'],
        error: 'either a count or a total, not both',
      }),
      z.overwrite(withCount),
      z.meta({ not: { type: 'object', properties: { count: {}, total: {} }, required: ['count', 'total'] } }),
    ),
  sample: { leadId: 'l-1', activity: 'demo_requested', count: 1, properties: { page: '/demo' } },
});
