import * as z from 'zod/mini';
import { factValue, leadId, name, stage, utcInstant } from '../../fields.ts';
import { disqualification } from '../../outbound/lead-disqualified.ts';
import { action, actionsWait, overridden, score, share, tier } from '../../standing-fields.ts';
import { statuses } from '../../words.ts';

// Parts of answers that have the standing of a lead.

/** The standing of a lead without its dimensions, as a ledger entry stores it. */
export const entryStanding = z.strictObject({
  stage,
  status: z.enum(statuses),
  tier,
  score,
  coverage: share.check(z.describe('The share of the weight of the scorecard whose facts are known.')),
  modelVersion: z.string(),
  action: action.check(z.describe('The action that the policy asks for.')),
  lane: z.optional(name),
  demoReady: z.optional(z.boolean()),
  heldBack: z.optional(z.literal(true)),
  overridden: z.optional(overridden),
});

/** The fields of the standing of a lead. */
export const standingFields = {
  leadId,
  ...entryStanding.shape,
  actionsWait: z.optional(actionsWait),
  version: z.int().check(z.describe("The number of the lead's commits. It is the ETag of a lead as of now.")),
  dimensions: z.record(z.string(), score).check(z.describe('The score of each dimension, 0 to 100.')),
  disqualification: z.optional(disqualification),
};

/** The standing of a lead as it would be after an answer. */
const outcome = {
  stage,
  status: z.enum(statuses),
  tier,
  score,
  coverage: share,
  action,
  disqualification: z.optional(disqualification),
};

const bound = z.strictObject({ at: z.number(), included: z.boolean() });
const counts = z.strictObject({ least: z.optional(z.int()), most: z.optional(z.int()) });

/** An answer that makes a difference, and how the lead would stand after it. */
const answerOutcome = z.strictObject({
  value: factValue,
  range: z.optional(
    z
      .strictObject({ lower: z.optional(bound), upper: z.optional(bound) })
      .check(z.describe('The numbers for which the value stands.')),
  ),
  other: z.optional(
    z.literal(true).check(z.describe('The value stands for all others of its kind, such as any other text.')),
  ),
  any: z.optional(z.literal(true).check(z.describe('The value stands for every text.'))),
  wording: z.optional(
    z
      .tuple([z.int(), z.int()])
      .check(z.describe('The numbers of words and of figures in the answer, if the model counts them.')),
  ),
  wordingClass: z.optional(z.strictObject({ words: counts, figures: counts })),
  ...outcome,
});

const nextQuestion = z.strictObject({
  question: z.string(),
  text: z.optional(z.string().check(z.describe('The question as the model words it.'))),
  best: answerOutcome,
  worst: answerOutcome,
  tiersApart: z.int().check(z.describe('The tiers between the best outcome and the worst.')),
  lifts: z
    .boolean()
    .check(z.describe('Whether the best outcome is a better tier, or lifts a disqualification.')),
  couldDisqualify: z.boolean(),
  couldRequalify: z.boolean(),
  swing: z.number().check(z.describe('The points between the highest score and the lowest.')),
  coverageGain: z.number().check(z.describe('The most coverage that an answer adds.')),
});

const confirmation = z.strictObject({
  question: z.string(),
  value: factValue,
  since: utcInstant,
  gain: z.number().check(z.describe('The points by which the score would rise.')),
  ...outcome,
});

export const askNextAnswer = z.strictObject({
  questions: z.array(nextQuestion).check(z.describe('Those whose answers decide most come first.')),
  more: z.int().check(z.describe('The number of further questions.')),
  confirm: z
    .array(confirmation)
    .check(z.describe('The answers that have grown old and are worth confirming.')),
});
