import { type CostLine, sumLines } from '../../shared/cost/index.ts';
import type { Measure } from '../measure.ts';
import { measureCost } from './measure-cost.ts';

const byService = (lines: readonly CostLine[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { service, usd } of lines) sums[service] = (sums[service] ?? 0) + usd;
  return sums;
};

/** Returns the sum of lines as a figure, with its services as details. */
export const buildCostMeasure = (name: string, lines: readonly CostLine[], atMost?: number): Measure => ({
  name,
  value: sumLines(lines),
  unit: 'USD',
  ...(atMost !== undefined && { limit: { atMost } }),
  details: byService(lines),
});

/** Measures the cost of a million events on the sample stream, once: all rounds would give nearly the same. */
export const cost = async (): Promise<Measure[]> => {
  const { isolated, fives, time, counting, recount, api, scored, usual, fixed } = await measureCost();
  const ofEvents = 'cost of a million events,';
  return [
    buildCostMeasure(`${ofEvents} one event a lead in a batch`, isolated, 6.7),
    buildCostMeasure(`${ofEvents} five events of a lead in a batch`, fives, 5.4),
    buildCostMeasure(`${ofEvents} what time does, in addition`, time),
    buildCostMeasure(`${ofEvents} counting the funnel, in addition`, counting),
    buildCostMeasure('cost of a recount of the funnel, a million leads', recount),
    ...api.map(({ kind, lines }) => buildCostMeasure(`cost of a million requests, ${kind}`, lines)),
    buildCostMeasure(`${ofEvents} one event a lead in a batch, up to the ledger`, scored.isolated),
    buildCostMeasure(`${ofEvents} five events of a lead in a batch, up to the ledger`, scored.fives),
    buildCostMeasure(`${ofEvents} one event at a time, by the usual scheme`, usual),
    {
      name: 'cost of a month without events',
      value: sumLines(fixed),
      unit: 'USD',
      details: Object.fromEntries(fixed.map(({ what, usd }) => [what, usd])),
    },
  ];
};
