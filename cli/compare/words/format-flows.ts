import { type Tier, tiers } from '../../../events/index.ts';
import type { ByTier, ComparisonTally } from '../../../shared/comparison/index.ts';
import { bestFirst } from '../../../shared/report/index.ts';
import type { Line } from '../../output/line.ts';
import { indentedTable } from '../../report/text/format-figures.ts';

/** The numbers of leads that move among the tiers. */
export interface FlowSums {
  readonly up: number;
  readonly down: number;
  readonly fromTier: ByTier<number>;
  readonly toTier: ByTier<number>;
}

/** Returns a share of all leads, with one decimal if it is small. */
export const shareOf = (count: number, all: number): string => {
  const share = all === 0 ? 0 : (100 * count) / all;
  return `${share > 0 && share < 10 ? share.toFixed(1) : Math.round(share)} %`;
};

/** Sums the flows up. */
export const sumFlows = (flows: ComparisonTally['flows']): FlowSums => {
  let [up, down] = [0, 0];
  const zero = (): Record<Tier, number> => ({ none: 0, risky: 0, good: 0, excellent: 0 });
  const [fromTier, toTier] = [zero(), zero()];
  tiers.forEach((from, low) => {
    tiers.forEach((to, high) => {
      const count = flows[from][to];
      fromTier[from] += count;
      toTier[to] += count;
      if (high > low) up += count;
      if (high < low) down += count;
    });
  });
  return { up, down, fromTier, toTier };
};

/** Formats the leads by the tier that A gives, in rows, and the one that B gives, in columns. */
export const formatFlows = ({ flows, leads }: ComparisonTally): Line[] => {
  const { fromTier, toTier } = sumFlows(flows);
  return [
    indentedTable([
      ['by A', ...bestFirst.map((tier) => `${tier} by B`), 'all', 'of all'],
      ...bestFirst.map((from) => [
        from,
        ...bestFirst.map((to) => flows[from][to]),
        fromTier[from],
        shareOf(fromTier[from], leads),
      ]),
      ['all', ...bestFirst.map((to) => toTier[to]), leads, ''],
      ['of all', ...bestFirst.map((to) => shareOf(toTier[to], leads)), '', ''],
    ]),
  ];
};
