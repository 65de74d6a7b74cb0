import * as z from 'zod';
import { condition } from './condition.ts';
import { example, id, sentence } from './fields.ts';
import type { LaneFigure } from './lane-figures.ts';

const amount = z.number().min(-1e12).max(1e12).optional();
const notNegative = z.number().min(0).max(1e12).optional();
const percent = z.number().min(0).max(100).optional();

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
  example,
} satisfies Record<LaneFigure | 'example', z.ZodType>);

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
