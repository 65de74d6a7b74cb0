import * as z from 'zod/mini';
import { inbound } from '../envelope.ts';
import { actor, instant, leadId, reason } from '../fields.ts';
import { tiers } from '../words.ts';

export const LeadOverridden = inbound({
  detailType: 'LeadOverridden',
  description:
    'A person sets the tier of a lead, holds it out of hand-offs, or both, until an instant. The score of the model stays ' +
    'beside it. The latest override of a lead counts.',
  data: z
    .strictObject({
      leadId,
      tier: z.optional(z.enum(tiers)),
      /** Whether the lead is held out of hand-offs. */
      hold: z.optional(z.literal(true)),
      until: instant,
      actor,
      reason,
    })
    .check(
      z.refine(({ tier, hold }) => tier !== undefined || hold !== undefined, {
        error: 'a tier, or hold, or both',
      }),
    ),
  sample: {
    leadId: 'l-1',
    tier: 'excellent',
    until: '2026-04-01T00:00:00.000Z',
    actor: 'sales-7',
    reason: 'Met the board at the fair',
  },
});
