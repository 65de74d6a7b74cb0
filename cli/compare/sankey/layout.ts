import { type SankeyGraph, type SankeyLink, type SankeyNode, sankey, sankeyJustify } from 'd3-sankey';
import type { Tier } from '../../../events/index.ts';
import type { ComparisonTally } from '../../../shared/comparison/index.ts';
import { bestFirst } from '../../../shared/report/index.ts';

/** A tier on one side of the picture. */
interface TierNode {
  readonly side: 'a' | 'b';
  readonly tier: Tier;
}

/** The leads that one tier of A has in common with one of B. */
export interface Flow {
  readonly from: Tier;
  readonly to: Tier;
}

export type FlowGraph = SankeyGraph<TierNode, Flow>;
export type FlowNode = SankeyNode<TierNode, Flow>;
export type FlowLink = SankeyLink<TierNode, Flow>;

/** The part of the picture that the flows fill, in pixels. */
export const frame = { left: 170, right: 630, top: 100, bottom: 440 } as const;

/** The width of a tier's bar, in pixels. */
export const nodeWidth = 14;

const sides = ['a', 'b'] as const;

/**
 * Lays the flows out: A's tiers on the left, B's on the right, the best at the top, their heights by their leads. A tier
 * without leads isn't shown.
 */
export const layOutFlows = ({ flows }: Pick<ComparisonTally, 'flows'>): FlowGraph => {
  const links = bestFirst.flatMap((from) =>
    bestFirst.flatMap((to) => {
      const value = flows[from][to];
      return value === 0 ? [] : [{ from, to, value, source: `a:${from}`, target: `b:${to}` }];
    }),
  );
  const isUsed = ({ side, tier }: TierNode): boolean =>
    links.some(({ from, to }) => (side === 'a' ? from : to) === tier);
  const nodes = sides.flatMap((side) => bestFirst.map((tier): TierNode => ({ side, tier }))).filter(isUsed);
  const rank = ({ tier }: TierNode): number => bestFirst.indexOf(tier);
  return sankey<TierNode, Flow>()
    .nodeId(({ side, tier }) => `${side}:${tier}`)
    .nodeAlign(sankeyJustify)
    .nodeSort((a, b) => rank(a) - rank(b))
    .nodeWidth(nodeWidth)
    .nodePadding(26)
    .extent([
      [frame.left, frame.top],
      [frame.right, frame.bottom],
    ])({ nodes, links });
};
