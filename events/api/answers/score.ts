import * as z from 'zod/mini';
import { name, stage } from '../../fields.ts';
import { disqualification } from '../../outbound/lead-disqualified.ts';
import { action, score, share, tier } from '../../standing-fields.ts';
import { statuses } from '../../words.ts';
import { confirmation, nextQuestion, withoutPoints } from './advice.ts';
import { explanation } from './explanation.ts';
import { upcoming } from './upcoming.ts';

export const scoreAnswer = z.strictObject({
  stage,
  status: z.enum(statuses),
  tier,
  score,
  coverage: share.check(z.describe("The share of the scorecard's weight whose facts are known.")),
  dimensions: z.record(name, score),
  modelVersion: z.string(),
  lane: z.optional(name),
  demoReady: z.optional(z.boolean()),
  heldBack: z
    .optional(z.literal(true))
    .check(z.describe('True if the policy asks for a hand-off and too little is known of the lead for it.')),
  action,
  disqualification: z.optional(disqualification),
  asOf: z.iso.datetime(),
  upcoming: z
    .array(upcoming)
    .check(z.maxLength(10), z.describe('What would change by itself if nothing else happens, in order.')),
  upcomingGoesOn: z.boolean().check(z.describe('Whether more changes follow after those.')),
  explanation,
  withoutPoints: z
    .array(withoutPoints)
    .check(z.describe('Known facts that give no points, with the reasons.')),
  questions: z
    .array(nextQuestion)
    .check(z.maxLength(10), z.describe('What to ask next, the questions that decide most first.')),
  confirm: z
    .array(confirmation)
    .check(
      z.maxLength(10),
      z.describe('Old answers that are worth confirming, those that raise the lead most first.'),
    ),
});
