import * as z from 'zod';
import { actionSchema as action, nameSchema, stages, tiers } from '../../../events/index.ts';
import { condition } from './condition.ts';
import { deadlines } from './deadlines.ts';
import { nurtureLimits } from './nurture-limits.ts';

const tierBound = z.number().min(0).max(100);
const [subscriber, lead] = stages;

export const tierBounds = z.strictObject({
  excellent: tierBound,
  good: tierBound,
  risky: tierBound,
  hysteresis: z.number().min(0).max(20).default(0).meta({
    description: 'how far below a tier’s bound a score must fall before the tier is lost',
  }),
});

const rule = z.strictObject({
  stages: z.array(z.enum(stages)).min(1).optional(),
  tiers: z.array(z.enum(tiers)).min(1).optional(),
  when: condition.optional(),
  action,
});

const holdBack = z
  .strictObject({
    belowCoverage: z.number().positive().max(1),
    track: z
      .optional(nameSchema)
      .meta({ description: 'the nurture track instead; nothing is done if left out' }),
  })
  .meta({ description: 'what is known of a lead must reach this before it is handed off' });

/** The most attributes of a lead that the request of a hand-off announces, as its contract has it. */
const mostHandoffAttributes = 10;

const announceScore = z.strictObject({ points: z.int().min(1).max(100) }).meta({
  description: 'by how many points a score must differ from the announced one to be announced again',
});

const handoffs = z
  .strictObject({
    attributes: z
      .array(nameSchema)
      .min(1)
      .max(mostHandoffAttributes)
      .meta({ description: 'the attributes of the lead that the request announces' }),
  })
  .meta({ description: 'what the request of a hand-off announces of the lead; no attributes if left out' });

export const policy = z.strictObject({
  rules: z.array(rule).max(100).meta({
    description:
      'the first rule that matches stage, tier and condition says what to do; none if no rule does',
  }),
  holdBack: holdBack.optional(),
  recycle: z
    .strictObject({ stage: z.enum([subscriber, lead]).default(lead), track: z.optional(nameSchema) })
    .prefault({})
    .meta({ description: 'where a lead goes that sales rejected or lost' }),
  deadlines: deadlines.optional(),
  nurture: nurtureLimits.optional(),
  announceScore: announceScore.optional(),
  handoffs: handoffs.optional(),
  retainMonths: z.int().min(1).max(120).optional().meta({
    description: 'a lead of which nothing was heard for so many months is erased; kept for ever if left out',
  }),
});
