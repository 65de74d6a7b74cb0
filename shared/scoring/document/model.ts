import * as z from 'zod';
import { disqualifierClasses, nameSchema, stages } from '../../../events/index.ts';
import { answering } from './answering.ts';
import { bant } from './bant.ts';
import { condition } from './condition.ts';
import { dimension, scorecard } from './criterion.ts';
import { id, sentence } from './fields.ts';
import { lanes } from './lanes.ts';
import { policy, tierBounds } from './policy.ts';
import { slide } from './slide.ts';
import { activities, attributes, questions } from './vocabulary.ts';

const disqualifier = z.strictObject({
  id,
  class: z.enum(disqualifierClasses),
  text: sentence,
  when: condition,
  unless: condition.optional(),
  track: z
    .optional(nameSchema)
    .meta({ description: 'the nurture track that a lead so disqualified starts; none if left out' }),
});

const effort = z.strictObject({
  id,
  title: sentence,
  kind: z.enum(['presales', 'rescue']),
  activities: z.array(nameSchema).min(1).max(50),
  hours: z.number().positive().max(1_000).optional().meta({ description: 'that it takes each time' }),
});

const [subscriber, lead, mql, sql, opportunity, customer] = stages;

/** The scoring model document, as written by people and checked before use. */
export const modelDocument = z
  .strictObject({
    $schema: z.string().optional(),
    id,
    version: z.string().regex(/^[A-Za-z0-9._-]{1,32}$/, { error: '1 to 32 characters of A-Z a-z 0-9 . _ -' }),
    title: sentence,
    description: z.string().max(5_000).optional(),
    questions: questions.optional(),
    attributes: attributes.optional(),
    activities: activities.optional(),
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
    slide: slide.optional(),
    lanes: lanes.optional(),
    answering: answering.optional(),
    disqualifiers: z.array(disqualifier).max(50).default([]),
    promotions: z
      .array(z.strictObject({ to: z.enum([lead, mql]), activities: z.array(nameSchema).min(1).max(50) }))
      .max(10)
      .default([])
      .meta({ description: 'activities that move a lead on; sql and above need a person’s word' }),
    tiers: tierBounds,
    policy,
    efforts: z
      .array(effort)
      .max(50)
      .default([])
      .meta({ description: 'what work is spent on leads, for the report; no score follows from it' }),
    show: z
      .array(nameSchema)
      .min(1)
      .max(8)
      .optional()
      .meta({ description: 'attributes that lists of leads show, such as name, company and owner' }),
  })
  .meta({ title: 'Sluice scoring model' });

export type ModelDocument = z.infer<typeof modelDocument>;
