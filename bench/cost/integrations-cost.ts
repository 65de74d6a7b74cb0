import { sumLines } from '../../shared/cost/index.ts';
import type { Measure } from '../measure.ts';
import { buildCostMeasure } from './cost.ts';
import { measureIntegrations } from './integrations.ts';

/** Measures the cost of what comes in by webhooks and goes out by deliveries, once. */
export const integrationsCost = async (): Promise<Measure[]> => {
  const { kinds, fixed } = await measureIntegrations();
  return [
    ...kinds.map(({ kind, lines, each }): Measure => {
      const measure = buildCostMeasure(`cost of a million ${kind}`, lines);
      const beside = Object.entries(each).map(([name, value]) => [`${name}, each`, value]);
      return { ...measure, details: { ...measure.details, ...Object.fromEntries(beside) } };
    }),
    {
      name: 'cost of a month with sources and a subscription, in addition',
      value: sumLines(fixed),
      unit: 'USD',
      details: Object.fromEntries(fixed.map(({ what, usd }) => [what, usd])),
    },
  ];
};
