import * as z from 'zod/mini';
import { leadId, name, stage } from '../../fields.ts';
import { share, tier } from '../../standing-fields.ts';
import { tiers } from '../../words.ts';
import { person } from './person.ts';

const count = z.int().check(z.gte(0));
const days = z.number().check(z.gte(0));
const hours = z.number().check(z.gte(0));
const lane = z.nullable(name).check(z.describe('Null if the lead was in no lane, or it was not known.'));

/** Returns the schema of an object with a value for each tier. */
const byTier = <T extends z.ZodMiniType>(value: T) => z.record(z.enum(tiers), value);

const spent = z.strictObject({
  total: z.number().check(z.gte(0)),
  byTier: byTier(z.number().check(z.gte(0))),
  poorShare: z
    .nullable(share)
    .check(z.describe('The share that went to the tiers risky and none; null if the total is 0.')),
});

const aftermath = z.strictObject({
  wins: count,
  renewed: count,
  expanded: count,
  referenced: count,
  churned: count,
  nothingYet: count.check(z.describe('The wins without any of these outcomes.')),
  rescued: count.check(z.describe('The wins whose customers were rescued at least once.')),
  rescues: count,
  rescueHours: z.nullable(hours).check(z.describe('Null if the model states no hours for rescues.')),
});

const stayLength = {
  stage,
  stays: count,
  medianDays: days,
  ninetiethPercentileDays: days.check(z.describe('Nine of ten stays were not longer.')),
};

const winRate = z.strictObject({
  won: count,
  lost: count,
  rate: z
    .nullable(z.strictObject({ share, low: share, high: share }))
    .check(z.describe('The share won, with its 95 % confidence interval; null if no deal was decided.')),
});

const deadlines = z.strictObject({
  kept: count,
  missed: count,
  keptShare: z.nullable(share).check(z.describe('Null if there were none.')),
});

const stuckAt = z.strictObject({
  stage,
  active: count.check(z.describe('The leads at the stage that are not disqualified.')),
  stuck: count,
  longerThanDays: days.check(z.describe('A lead is stuck if it has been at the stage for longer.')),
  measure: z
    .enum(['stays', 'days'])
    .check(
      z.describe(
        'The source of that bound: nine of ten stays that have ended, or the parameter stuckDays if too few have ended.',
      ),
    ),
});

/** The schema of a report. Shares are 0 to 1, durations are days. */
export const reportAnswer = z.strictObject({
  asOf: z.iso.datetime(),
  model: z.string().check(z.describe('The model of the report, as id@version.')),
  tiers: z.enum(['judged', 'recorded']),
  funnel: z.strictObject({
    leads: count,
    byStage: z.array(z.strictObject({ stage, leads: count, byTier: byTier(count) })),
  }),
  efforts: z.strictObject({
    each: z.array(
      z.strictObject({
        effort: name,
        title: z.string(),
        times: spent,
        hours: z.nullable(spent).check(z.describe('Null if the model states no hours for the effort.')),
      }),
    ),
    times: spent,
    hours: z.nullable(spent),
  }),
  customers: z.strictObject({ byTier: byTier(aftermath), poor: aftermath, good: aftermath }),
  stays: z
    .strictObject({
      byStage: z.array(z.strictObject(stayLength)),
      byTier: z.array(z.strictObject({ ...stayLength, tier })),
      byLane: z.array(z.strictObject({ ...stayLength, lane })),
      byTierAndLane: z.array(z.strictObject({ ...stayLength, tier, lane })),
    })
    .check(z.describe('The completed stays. A stage that no lead has left is missing.')),
  stuck: z.strictObject({
    total: count,
    byStage: z.array(stuckAt),
    longest: z
      .array(z.strictObject({ leadId, name: person.name, company: person.company, stage, tier, lane, days }))
      .check(z.describe('Those that have stayed longest, as many as the parameter limit at the most.')),
  }),
  winRates: z.strictObject({ byTier: byTier(winRate), all: winRate }),
  readiness: z.strictObject({
    modelHasSlide: z.boolean(),
    modelHasBant: z.boolean(),
    slide: winRate,
    bant: winRate,
    neither: winRate,
    ratio: z
      .nullable(z.number().check(z.gte(0)))
      .check(
        z.describe(
          'Deals won with a complete situation slide, divided by deals won on BANT alone; null if there are none of the latter.',
        ),
      ),
  }),
  deadlines: z.strictObject({
    byQueue: z.array(z.strictObject({ queue: z.string(), byTier: byTier(deadlines), all: deadlines })),
    all: deadlines,
  }),
  leftOut: z.strictObject({
    leadsBeingWritten: count,
    eventsAfterNow: count,
    repeatedOutcomes: count,
    followUpsWithoutWin: count,
    rescuesWithoutWin: count,
    customersWithoutWin: count,
    otherModels: z
      .array(z.strictObject({ model: z.string(), leads: count }))
      .check(
        z.describe('The leads that were last scored by other models than that of the report, by model.'),
      ),
  }),
});
