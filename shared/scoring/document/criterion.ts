import * as z from 'zod';
import { nameSchema } from '../../../events/index.ts';
import { longestWindow } from '../facts.ts';
import { answerFlags } from './answer-flags.ts';
import { condition } from './condition.ts';
import { decay } from './decay.ts';
import { example, id, points, sentence } from './fields.ts';
import { slideParts } from './slide-parts.ts';
import { subject, subjectBranches } from './subject.ts';
import { subjectNames } from './subject-names.ts';
import { unionBy } from './union-by.ts';

const criterionBase = {
  id,
  text: sentence.meta({ description: 'what it says of a lead, to follow "the lead …" in an explanation' }),
  decay: decay.optional(),
};

const whenCriterion = z.strictObject({ ...criterionBase, when: condition, points });

const percent = z.number().min(0).max(100);
/** The optional fields beside the points of a band, or of a value in a table. */
const details = {
  text: sentence.optional().meta({
    description: 'what it says of such a lead, to follow "the lead …"; the criterion’s if left out',
  }),
  successPercent: percent
    .optional()
    .meta({ description: 'for explanations: customers like this who succeeded' }),
  churnPercent: percent.optional().meta({ description: 'for explanations: customers like this who left' }),
  leads: z
    .int()
    .min(0)
    .optional()
    .meta({ description: 'how many leads like this the percentages were measured on' }),
  example,
};
const band = z.strictObject({ from: z.number(), points, ...details });
const bandCriterion = z.strictObject({
  ...criterionBase,
  of: subject,
  bands: z
    .array(band)
    .min(1)
    .max(20)
    .meta({ description: 'the band with the highest `from` that the value reaches counts' }),
});

const tableSubject = unionBy(
  { ...subjectBranches, slide: z.strictObject({ slide: z.enum(slideParts) }) },
  `an object with one of ${subjectNames.join(', ')}, slide`,
);
const tableEntry = z.union([points, z.strictObject({ points, ...details })], {
  error: 'points, or an object with points and details',
});

const tableCriterion = z.strictObject({
  ...criterionBase,
  of: tableSubject,
  table: z.record(z.string().min(1).max(200), tableEntry).meta({ description: 'points by value' }),
  otherwise: points.optional().meta({ description: 'points of a value that the table lacks; 0 if left out' }),
});

const counted = unionBy(
  {
    activity: z.strictObject({
      activity: nameSchema,
      withinDays: z.int().min(1).max(longestWindow).optional(),
      per: z.literal('day').optional().meta({
        description:
          'counts the days on which it occurred instead of the times; those of the last 365 days without withinDays',
      }),
    }),
    answering: z.strictObject({ answering: z.enum(answerFlags) }),
  },
  'an object with one of activity, answering',
);
const eachCriterion = z.strictObject({
  ...criterionBase,
  each: counted,
  points: points.meta({ description: 'for each time that it occurred' }),
  max: z.number().min(1).max(1_000).meta({ description: 'the most points, of either sign, that it gives' }),
});

/** One rule that contributes points to a dimension. */
const criterion = unionBy(
  { when: whenCriterion, bands: bandCriterion, table: tableCriterion, each: eachCriterion },
  'a criterion: id and text, and either when and points, of and bands, of and table, or each, points and max',
);
export type Criterion = z.infer<typeof criterion>;
export type TableSubject = z.infer<typeof tableSubject>;
export type Counted = z.infer<typeof counted>;

export const dimension = z.strictObject({
  title: sentence,
  base: z.number().min(0).max(100).default(0).meta({ description: 'points before any criterion' }),
  criteria: z.array(criterion).min(1).max(200),
});

export const scorecard = z
  .record(id, z.number().min(0).max(1_000))
  .meta({ description: 'weights of dimensions; only their ratios matter' });
