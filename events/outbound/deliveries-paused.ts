import * as z from 'zod/mini';
import { outbound } from '../envelope.ts';
import { name, utcInstant } from '../fields.ts';
import { pauseReasons } from '../words.ts';

export const DeliveriesPaused = outbound({
  detailType: 'DeliveriesPaused',
  description:
    'The deliveries of a subscription are paused, because its target is gone or keeps failing, or by hand. What waits stays.',
  data: z.strictObject({
    /** The name of the subscription. */
    subscription: name,
    reason: z.enum(pauseReasons),
    pausedAt: utcInstant,
    /** The attempts that failed in a row before it. */
    failures: z.int().check(z.gte(0)),
  }),
  sample: {
    subscription: 'sales-crm',
    reason: 'failing',
    pausedAt: '2026-03-02T09:00:00.000Z',
    failures: 25,
  },
});
