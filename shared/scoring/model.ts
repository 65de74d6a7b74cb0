import * as z from 'zod';
import { actionSchema as action, nameSchema, stages, tiers } from '../../events/index.ts';
import { condition } from './condition.ts';
import { longestWindow } from './facts.ts';
import { letters } from './letters.ts';

const sentence = z
  .string()
  .min(1)
  .max(300)
  .refine((text) => text.isWellFormed(), { error: 'well-formed Unicode' });
const points = z.number().min(-1_000).max(1_000);
/** Ids stand in events, metrics and keys of other systems, so they are names. */
const id = nameSchema;

const subject = z.union([z.strictObject({ attribute: nameSchema }), z.strictObject({ answer: nameSchema })], {
  error: 'an object with one of attribute, answer',
});
export type Subject = z.infer<typeof subject>;

const criterionBase = {
  id,
  text: sentence.meta({ description: 'what it says of a lead, to follow "the lead …" in an explanation' }),
};

const whenCriterion = z.strictObject({ ...criterionBase, when: condition, points });
const bandCriterion = z.strictObject({
  ...criterionBase,
  of: subject,
  bands: z
    .array(z.strictObject({ from: z.number(), points }))
    .min(1)
    .max(20)
    .meta({ description: 'the band with the highest `from` that the value reaches counts' }),
});
const tableCriterion = z.strictObject({
  ...criterionBase,
  of: subject,
  table: z.record(z.string().min(1).max(200), points).meta({ description: 'points by value' }),
  otherwise: points.optional().meta({ description: 'points of a value that the table lacks; 0 if left out' }),
});
const eachCriterion = z.strictObject({
  ...criterionBase,
  each: z.strictObject({ activity: nameSchema, withinDays: z.int().min(1).max(longestWindow).optional() }),
  points: points.meta({ description: 'for each time that it occurred' }),
  max: z.number().min(1).max(1_000).meta({ description: 'the most points, of either sign, that it gives' }),
});

/** One rule that contributes points to a dimension. */
const criterion = z.union([whenCriterion, bandCriterion, tableCriterion, eachCriterion], {
  error:
    'a criterion: id and text, and either when and points, of and bands, of and table, or each, points and max',
});
export type Criterion = z.infer<typeof criterion>;

const dimension = z.strictObject({
  title: sentence,
  base: z.number().min(0).max(100).default(0).meta({ description: 'points before any criterion' }),
  criteria: z.array(criterion).min(1).max(200),
});

const scorecard = z
  .record(id, z.number().min(0).max(1_000))
  .meta({ description: 'weights of dimensions; only their ratios matter' });

const letter = z.strictObject({ pass: condition, fail: condition.optional() });
const bant = z.strictObject({
  threshold: z
    .number()
    .positive()
    .max(100)
    .meta({ description: 'weights of passing letters needed to be met' }),
  weights: z
    .strictObject({
      budget: z.number().min(0).max(10).default(1),
      authority: z.number().min(0).max(10).default(1),
      need: z.number().min(0).max(10).default(1),
      timeframe: z.number().min(0).max(10).default(1),
    })
    .prefault({}),
  letters: z.strictObject(
    Object.fromEntries(letters.map((name) => [name, letter])) as Record<
      (typeof letters)[number],
      typeof letter
    >,
  ),
});

const disqualifier = z.strictObject({
  id,
  class: z.enum(['persona', 'authority', 'problem']),
  text: sentence,
  when: condition,
  unless: condition.optional(),
  track: z
    .optional(nameSchema)
    .meta({ description: 'the nurture track that a lead so disqualified starts; none if left out' }),
});

const tierBound = z.number().min(0).max(100);
const [subscriber, lead, mql, sql, opportunity, customer] = stages;

/** The scoring model document, as written by people and checked before use. */
export const modelDocument = z.strictObject({
  $schema: z.string().optional(),
  id,
  version: z.string().regex(/^[A-Za-z0-9._-]{1,32}$/, { error: '1 to 32 characters of A-Z a-z 0-9 . _ -' }),
  title: sentence,
  description: z.string().max(5_000).optional(),
  dimensions: z
    .record(id, dimension)
    .refine((given) => Object.keys(given).length >= 1 && Object.keys(given).length <= 12, {
      error: '1 to 12 dimensions',
    }),
  scorecards: z.strictObject({
    [subscriber]: scorecard,
    [lead]: scorecard,
    [mql]: scorecard,
    [sql]: scorecard,
    [opportunity]: scorecard,
    [customer]: scorecard.optional().meta({ description: "the opportunity's if left out" }),
  }),
  bant: bant.optional(),
  disqualifiers: z.array(disqualifier).max(50).default([]),
  promotions: z
    .array(z.strictObject({ to: z.enum([lead, mql]), activities: z.array(nameSchema).min(1).max(50) }))
    .max(10)
    .default([])
    .meta({ description: 'activities that move a lead on; sql and above need a person’s word' }),
  tiers: z.strictObject({
    excellent: tierBound,
    good: tierBound,
    risky: tierBound,
    hysteresis: z.number().min(0).max(20).default(0).meta({
      description: 'how far below a tier’s bound a score must fall before the tier is lost',
    }),
  }),
  policy: z.strictObject({
    rules: z
      .array(
        z.strictObject({
          stages: z.array(z.enum(stages)).min(1).optional(),
          tiers: z.array(z.enum(tiers)).min(1).optional(),
          action,
        }),
      )
      .max(100)
      .meta({
        description: 'the first rule that matches stage and tier says what to do; none if no rule does',
      }),
    recycle: z
      .strictObject({
        stage: z.enum([subscriber, lead]).default(lead),
        track: z.optional(nameSchema),
      })
      .prefault({})
      .meta({ description: 'where a lead goes that sales rejected or lost' }),
  }),
});

export type ModelDocument = z.infer<typeof modelDocument>;
