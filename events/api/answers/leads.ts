import * as z from 'zod/mini';
import { leadId, name, stage, text, utcInstant } from '../../fields.ts';
import { disqualification } from '../../outbound/lead-disqualified.ts';
import { action, actionsWait, overridden, score, share, tier } from '../../standing-fields.ts';
import { statuses } from '../../words.ts';
import { cursor } from './cursor.ts';
import { knownFacts } from './lead.ts';
import { person } from './person.ts';

const listedLead = z.strictObject({
  leadId,
  version: z
    .int()
    .check(z.gte(1), z.describe('Rises with each change of the lead. `If-Match` takes it as an ETag.')),
  ...person,
  stage,
  status: z.enum(statuses),
  tier,
  score,
  coverage: share.check(z.describe('How much of what counts for the score is known.')),
  dimensions: z.record(name, score),
  lane: z.optional(name),
  demoReady: z.optional(z.boolean()),
  heldBack: z.optional(z.literal(true)),
  overridden: z.optional(overridden),
  actionsWait: z.optional(actionsWait),
  action,
  disqualification: z.optional(disqualification),
  modelVersion: text(160),
  asOf: utcInstant.check(
    z.describe('The instant as of which the lead is stored. `GET /api/leads/{id}` shows it as of now.'),
  ),
  lastHeard: utcInstant.check(z.describe('The instant of its latest event.')),
  dueAt: z
    .optional(utcInstant)
    .check(
      z.describe(
        'Time changes nothing of the lead before then. Left out: time alone will not change anything.',
      ),
    ),
  facts: z
    .optional(knownFacts)
    .check(
      z.describe('Everything that is known, as `GET /api/leads/{id}` has it; only with `include=facts`.'),
    ),
});

export const leadsAnswer = z.strictObject({ leads: z.array(listedLead), cursor });
