import * as z from 'zod/mini';
import { name, stage } from '../../fields.ts';
import { scoreReason } from '../../outbound/lead-data.ts';
import { disqualification } from '../../outbound/lead-disqualified.ts';
import { score, share } from '../../standing-fields.ts';
import { knownValue, milliseconds } from './known-value.ts';

const saidAt = z.strictObject({ kind: z.enum(['attribute', 'answer']), name, at: milliseconds });

const dimension = z.strictObject({
  dimension: name,
  title: z.string(),
  score,
  share: share.check(z.describe("The dimension's share of the stage's scorecard.")),
  contribution: score.check(z.describe('The part in the score: share × score.')),
  coverage: share,
  base: score.check(z.describe('The points before any criterion.')),
  uncounted: z.number().check(z.describe('The points above 100 or below 0, which did not count.')),
  ages: z
    .optional(z.strictObject({ oldest: saidAt, newest: saidAt }))
    .check(z.describe('The oldest and the newest fact behind it; left out if none is known.')),
});

const left = z
  .optional(z.strictObject({ full: z.number(), share, words: z.string() }))
  .check(z.describe('The points for new facts, and how many are left, if they become fewer with age.'));

const percent = z.optional(z.number().check(z.gte(0), z.lte(100)));

const counted = z.strictObject({
  ...scoreReason.shape,
  of: z
    .optional(z.looseObject({}))
    .check(z.describe('The subject of a band or a table, as the model states it.')),
  told: z
    .optional(z.literal(true))
    .check(z.describe('Whether the model has a text of its own for the band or value.')),
  value: z.optional(knownValue),
  days: z.optional(z.int()).check(z.describe('The number of days, for a criterion that counts days.')),
  successPercent: percent.check(
    z.describe('Of customers in the same band, or with the same value, who succeeded.'),
  ),
  churnPercent: percent.check(z.describe('Of customers in the same band, or with the same value, who left.')),
  example: z.optional(z.literal(true)).check(z.describe('The percentages are made up as an example.')),
  left,
});

const possibility = z.strictObject({
  dimension: name,
  criterion: name,
  text: z.string(),
  given: z.number().check(z.describe('The points that it gives now.')),
  points: z.number().check(z.describe('The most points it could still add to its dimension.')),
  weight: z.number().check(z.describe('The most it could still move the score at this stage.')),
  known: z.boolean().check(z.describe('Whether the facts that it reads are known; if not, ask for them.')),
  left,
});

const verdict = z.enum(['pass', 'fail', 'unknown']);
const count = z.int().check(z.gte(0));

const lane = z.strictObject({
  id: name,
  title: z.string(),
  kind: z.enum(['core', 'adjacent', 'avoid']),
  pursued: z.boolean(),
  figures: z.record(z.string(), z.union([z.number(), z.boolean()])),
  standings: z
    .record(z.string(), score)
    .check(z.describe('By figure: 0 the worst to 100 the best of all lanes.')),
});

const answering = z.strictObject({
  answered: count.check(z.describe('The open questions that were answered in words.')),
  short: count,
  long: count,
  specific: count,
  changed: z.array(
    z.strictObject({
      question: name,
      text: z.string(),
      earlier: knownValue,
      now: knownValue,
      at: milliseconds,
    }),
  ),
  contradictions: z.array(z.strictObject({ id: name, text: z.string() })),
});

/** The schema of the explanation of a score. Sections of what the model has not are left out. */
export const explanation = z.strictObject({
  stage,
  modelVersion: z.string(),
  score,
  coverage: share,
  dimensions: z.array(dimension),
  counted: z.array(counted).check(z.describe('Every criterion that gave points, the heaviest first.')),
  possible: z
    .array(possibility)
    .check(z.describe('Every criterion that could have given more, the heaviest first.')),
  bant: z.optional(
    z.strictObject({ budget: verdict, authority: verdict, need: verdict, timeframe: verdict, met: verdict }),
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
  lane: z.optional(z.union([z.literal('none'), lane])),
  answering: z.optional(answering),
  disqualified: z.optional(disqualification),
});
