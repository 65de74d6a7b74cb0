import * as z from 'zod/mini';
import { name, text, utcInstant } from '../../fields.ts';
import { stages } from '../../words.ts';

const bound = z.number().check(z.gte(0), z.lte(100));
const weights = z.record(name, z.number());
const [subscriber, lead, mql, sql, opportunity, customer] = stages;

const listedModel = z.strictObject({
  modelVersion: text(160),
  id: name,
  title: z.string(),
  description: z.optional(z.string()),
  active: z.boolean().check(z.describe('Whether leads are judged by it now.')),
  shadow: z
    .optional(z.literal(true))
    .check(z.describe('There if leads are scored by it as well, without any effect.')),
  storedAt: z
    .optional(utcInstant)
    .check(z.describe('When the first lead was judged by it. Left out: none was yet.')),
  tiers: z
    .strictObject({ excellent: bound, good: bound, risky: bound, hysteresis: bound })
    .check(z.describe('The least score of each tier, and how far below it a lead keeps the tier.')),
  dimensions: z.array(z.strictObject({ id: name, title: z.string() })),
  scorecards: z
    .strictObject({
      [subscriber]: weights,
      [lead]: weights,
      [mql]: weights,
      [sql]: weights,
      [opportunity]: weights,
      [customer]: z.optional(weights),
    })
    .check(
      z.describe("The weights of the dimensions by stage. A customer's are the opportunity's if left out."),
    ),
  queues: z.array(name).check(z.describe('The queues that can have a hand-off.')),
  tracks: z.array(name).check(z.describe('The nurture tracks on which a lead can come.')),
});

export const modelsAnswer = z.strictObject({ models: z.array(listedModel) });
