import * as z from 'zod/mini';
import { factValue, stage, utcInstant } from '../../fields.ts';
import { score, share } from '../../standing-fields.ts';
import { disqualifierClasses } from '../../words.ts';

const saidAt = z.strictObject({ kind: z.enum(['attribute', 'answer']), name: z.string(), at: utcInstant });

const dimension = z.strictObject({
  dimension: z.string(),
  title: z.string(),
  score,
  share: share.check(z.describe("The dimension's share of the scorecard of the stage.")),
  contribution: z.number().check(z.describe("The dimension's part in the score: share × score.")),
  coverage: share,
  base: z.number(),
  uncounted: z.number().check(z.describe('The points above 100 or below 0, which did not count.')),
  ages: z.optional(
    z
      .strictObject({ oldest: saidAt, newest: saidAt })
      .check(z.describe('The age of the facts that it rests on.')),
  ),
});

const pointsLeft = z.strictObject({
  full: z.number(),
  share: z.number(),
  words: z.string(),
});

const countedReason = z.strictObject({
  dimension: z.string(),
  criterion: z.string(),
  text: z.string().check(z.describe('To follow "the lead".')),
  points: z.number(),
  weight: z.number().check(z.describe('How far it moved the score, in points of the score.')),
  of: z.optional(
    z.looseObject({}).check(z.describe('What a band or a table reads, as the model states it.')),
  ),
  told: z.optional(z.literal(true)),
  value: z.optional(factValue),
  days: z.optional(z.int()),
  successPercent: z.optional(z.number()),
  churnPercent: z.optional(z.number()),
  example: z.optional(z.literal(true).check(z.describe('The percentages are made up as an example.'))),
  left: z.optional(pointsLeft.check(z.describe('What is left of points that become fewer with age.'))),
});

const possibility = z.strictObject({
  dimension: z.string(),
  criterion: z.string(),
  text: z.string(),
  given: z.number(),
  points: z.number().check(z.describe('The most points that it could still add to its dimension.')),
  weight: z.number().check(z.describe('The most that it could still move the score.')),
  known: z.boolean().check(z.describe('Whether the facts that it reads are known.')),
  left: z.optional(pointsLeft),
});

const verdict = z.enum(['pass', 'fail', 'unknown']);

const figures = z.record(z.string(), z.union([z.number(), z.boolean()]));

/** The explanation of a score: each dimension, every point that counts, and every one that could still count. */
export const explanationAnswer = z.strictObject({
  stage,
  modelVersion: z.string(),
  score,
  coverage: share,
  dimensions: z.array(dimension),
  counted: z.array(countedReason).check(z.describe('The criteria that gave points, the heaviest first.')),
  possible: z.array(possibility).check(z.describe('The criteria that could have given more.')),
  bant: z.optional(
    z.strictObject({
      budget: verdict,
      authority: verdict,
      need: verdict,
      timeframe: verdict,
      met: verdict,
    }),
  ),
  slide: z.optional(
    z.strictObject({
      demoReady: z.enum(['yes', 'no', 'unknown']),
      parts: z.number(),
      threshold: z.number(),
      statuses: z.array(
        z.strictObject({
          part: z.string(),
          title: z.string(),
          status: z.enum(['complete', 'partial', 'missing']),
        }),
      ),
    }),
  ),
  lane: z.optional(
    z.union([
      z.literal('none'),
      z.strictObject({
        id: z.string(),
        title: z.string(),
        kind: z.enum(['core', 'adjacent', 'avoid']),
        pursued: z.boolean(),
        figures,
        standings: figures.check(z.describe('0 the worst to 100 the best of all lanes, by figure.')),
      }),
    ]),
  ),
  answering: z.optional(
    z.strictObject({
      answered: z.int(),
      short: z.int(),
      long: z.int(),
      specific: z.int(),
      changed: z.array(
        z.strictObject({
          question: z.string(),
          text: z.string(),
          earlier: z.union([z.string(), z.number(), z.boolean()]),
          now: factValue,
          at: utcInstant,
        }),
      ),
      contradictions: z.array(z.strictObject({ id: z.string(), text: z.string() })),
    }),
  ),
  disqualified: z.optional(
    z.strictObject({ disqualifier: z.string(), class: z.enum(disqualifierClasses), text: z.string() }),
  ),
});

const said = {
  bag: z.enum(['attributes', 'answers', 'activities']),
  name: z.string(),
  value: z.optional(factValue),
};

/** A fact that is known and gives no points, with the reason. */
export const withoutPointsAnswer = z.union([
  z
    .strictObject({
      ...said,
      what: z.enum(['name', 'value']),
      allowed: z.optional(z.string()),
      meant: z.optional(z.string().check(z.describe('The name or the value that was probably meant.'))),
    })
    .check(z.describe('No rule reads the name, or none distinguishes the value.')),
  z.strictObject({ ...said, what: z.literal('rules') }),
  z.strictObject({ ...said, what: z.literal('old'), last: utcInstant, withinDays: z.int() }),
  z.strictObject({ ...said, what: z.literal('decayed'), last: utcInstant }),
]);
