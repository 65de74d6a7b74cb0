import * as z from 'zod/mini';
import { name, stage } from '../../fields.ts';
import { action, score, tier } from '../../standing-fields.ts';
import { statuses } from '../../words.ts';

const changed = ['disqualification', 'tier', 'stage', 'status', 'action', 'heldBack', 'demoReady'] as const;
const at = z.iso.datetime();

/** The schema of what happens to a lead by itself: a change of its standing, its erasure, or something that is due. */
export const upcoming = z.union([
  z.strictObject({
    at,
    what: z
      .array(z.enum(changed))
      .check(z.minLength(1), z.describe('The parts of the standing that change.')),
    stage,
    status: z.enum(statuses),
    tier,
    score,
    action,
  }),
  z.strictObject({ at, what: z.tuple([z.literal('handoffDue')]), queue: z.string() }),
  z.strictObject({ at, what: z.tuple([z.literal('nurtureStart')]), track: name }),
  z.strictObject({ at, what: z.tuple([z.enum(['settled', 'erased'])]) }),
]);
