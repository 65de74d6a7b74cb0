import * as z from 'zod';
import { condition } from './condition.ts';
import { id, sentence } from './fields.ts';
import { type LaneFigure, laneFigures } from './lane-figures.ts';

const amount = z.number().min(-1e12).max(1e12).optional();
const notNegative = z.number().min(0).max(1e12).optional();
const percent = z.number().min(0).max(100).optional();

/** Marks figures of a lane that are made up: all of them, or some beside measured ones. */
const laneExample = z
  .union([z.boolean(), z.array(z.enum(laneFigures)).min(1).max(laneFigures.length)])
  .optional()
  .meta({
    description: 'whether the figures are made up as an example, or which of them; explanations say so',
  });

/** The figures measured from a lane's customers: percentages, money per customer and year, medians in days. */
const figures = z.strictObject({
  churnPercent: percent,
  revenue: notNegative,
  margin: amount,
  lifetimeValue: amount,
  costToRetain: notNegative,
  costOfProduct: notNegative,
  expansionPercent: percent,
  referencePercent: percent,
  timeToValueDays: notNegative,
  timeToImplementDays: notNegative,
  successPercent: percent,
  customers: z
    .int()
    .min(1)
    .max(1e9)
    .optional()
    .meta({ description: 'the number of customers from whom the figures were measured' }),
  example: laneExample,
} satisfies Record<LaneFigure | 'example' | 'customers', z.ZodType>);

export const laneKinds = ['core', 'adjacent', 'avoid'] as const;

const lane = z.strictObject({
  id,
  title: sentence,
  kind: z.enum(laneKinds),
  pursue: z.boolean().optional().meta({
    description: 'whether leads of it are wanted; true for core, false for adjacent and avoid if left out',
  }),
  when: condition,
  figures: figures.prefault({}),
});

export const lanes = z.array(lane).max(50).meta({
  description: 'segments with their records of success; a lead is in the first whose condition holds',
});
export type LaneFigures = z.infer<typeof figures>;
