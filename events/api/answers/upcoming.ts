import * as z from 'zod/mini';
import { stage, utcInstant } from '../../fields.ts';
import { action, score, tier } from '../../standing-fields.ts';
import { statuses } from '../../words.ts';

const what = z.array(
  z.enum([
    'disqualification',
    'tier',
    'stage',
    'status',
    'action',
    'heldBack',
    'demoReady',
    'overridden',
    'settled',
    'erased',
    'handoffDue',
    'nurtureStart',
  ]),
);

/** The schema of a change of a lead that time alone makes. */
export const timeChange = z.strictObject({
  at: utcInstant,
  what: what.check(z.describe('The parts of the standing that change.')),
  stage,
  status: z.enum(statuses),
  tier,
  score,
  action,
});

/** The schema of what happens to a lead by itself: a change of its standing, its erasure, or something that is due. */
export const upcoming = z.union([
  timeChange,
  z.strictObject({ at: utcInstant, what, queue: z.string() }),
  z.strictObject({ at: utcInstant, what, track: z.string() }),
  z.strictObject({ at: utcInstant, what }),
]);
