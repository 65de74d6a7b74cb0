import * as z from 'zod/mini';
import { stage } from '../../fields.ts';
import { tier } from '../../standing-fields.ts';
import { day } from '../fields.ts';

/** A counter that something else has written may be below zero, until the next recount corrects it. */
const leads = z.int();
const cell = z.nullable(z.strictObject({ stage, tier }));

const move = z.strictObject({ from: cell, to: cell, count: z.int() }).register(z.globalRegistry, {
  description:
    'Leads that moved from one stage and tier to another. `from` is null if they were not in the funnel before, `to` if ' +
    'they are not any more: erased, or merged into another lead.',
});

export const funnelAnswer = z.strictObject({
  countedAt: z.nullable(z.string()).register(z.globalRegistry, {
    description:
      'When something was last counted; null if nothing ever was. Changes are counted within seconds.',
  }),
  leads: z.int().register(z.globalRegistry, { description: 'All leads in the funnel.' }),
  stages: z.array(z.strictObject({ stage, leads })),
  tiers: z.array(z.strictObject({ tier, leads })),
  cells: z.array(z.strictObject({ stage, tier, leads })),
  from: day,
  to: day,
  days: z.array(z.strictObject({ day, moves: z.array(move) })).register(z.globalRegistry, {
    description:
      'The moves by the day in UTC at which they occurred. Late events change days that are past. History that was ' +
      'loaded counts at the day at which it was announced.',
  }),
});
