import * as z from 'zod/mini';
import { name, stage } from '../../fields.ts';
import { disqualification } from '../../outbound/lead-disqualified.ts';
import { action, score, share, tier } from '../../standing-fields.ts';
import { statuses } from '../../words.ts';
import { knownValue, milliseconds } from './known-value.ts';

const said = {
  bag: z.enum(['attributes', 'answers', 'activities']),
  name,
  value: z.optional(knownValue).check(z.describe('Left out of activities.')),
};

/** The schema of a fact that is known and gives no points, with the reason. */
export const withoutPoints = z.discriminatedUnion('what', [
  z.strictObject({
    ...said,
    what: z.enum(['name', 'value']).check(z.describe('Whether no rule reads the name, or none the value.')),
    allowed: z.optional(z.string()).check(z.describe('The values that the model knows, in words.')),
    meant: z.optional(z.string()).check(z.describe('The name or the value that was probably meant.')),
  }),
  z.strictObject({
    ...said,
    what: z.literal('rules').check(z.describe('The rules that read it give nothing for it.')),
  }),
  z.strictObject({
    ...said,
    what: z.literal('old').check(z.describe('It lies before every window in which it is counted.')),
    last: milliseconds,
    withinDays: z.int(),
  }),
  z.strictObject({
    ...said,
    what: z.literal('decayed').check(z.describe('It is so old that nothing is left of the points for it.')),
    last: milliseconds,
  }),
]);

const outcome = {
  stage,
  status: z.enum(statuses),
  tier,
  score,
  coverage: share,
  action,
  disqualification: z.optional(disqualification),
};

const bound = z.optional(z.strictObject({ at: z.number(), included: z.boolean() }));
const countRange = z.strictObject({ least: z.optional(z.int()), most: z.optional(z.int()) });

const answerOutcome = z.strictObject({
  ...outcome,
  value: knownValue,
  range: z
    .optional(z.strictObject({ lower: bound, upper: bound }))
    .check(z.describe('The numbers that the value stands for.')),
  other: z
    .optional(z.literal(true))
    .check(z.describe('The value stands for every text or list that has nothing the model looks for.')),
  any: z.optional(z.literal(true)).check(z.describe('The value stands for every text.')),
  wording: z
    .optional(z.tuple([z.int(), z.int()]))
    .check(z.describe('The number of words, and of words with a figure, if the model looks at these.')),
  wordingClass: z.optional(z.strictObject({ words: countRange, figures: countRange })),
});

/** The schema of a question that nobody has answered, and how the lead would stand after each answer. */
export const nextQuestion = z.strictObject({
  question: name,
  outcomes: z.array(answerOutcome),
  best: answerOutcome,
  worst: answerOutcome,
  tiersApart: z
    .int()
    .check(
      z.describe(
        'The tiers between the best outcome and the worst; to be disqualified is one below no tier.',
      ),
    ),
  lifts: z
    .boolean()
    .check(z.describe('Whether the best outcome is a better tier than now, or lifts a disqualification.')),
  couldDisqualify: z.boolean(),
  couldRequalify: z.boolean(),
  swing: z.number().check(z.describe('The points between the highest score and the lowest.')),
  coverageGain: z.number().check(z.describe('The most coverage that an answer adds.')),
  potential: z
    .array(z.strictObject({ stage, points: z.number() }))
    .check(
      z.describe('The most that it could add together with other answers, at this stage and those after it.'),
    ),
});

/** The schema of an answer that has grown old, and how the lead would stand if it were confirmed. */
export const confirmation = z.strictObject({
  ...outcome,
  question: name,
  value: knownValue,
  since: milliseconds,
  gain: z.number().check(z.describe('The points by which the score would rise.')),
});
