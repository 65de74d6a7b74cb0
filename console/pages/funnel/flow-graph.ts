import { type Stage, stages, type Tier } from '../../../events/index.ts';
import { type Flow, kindOf, positionOf, tiersFromBest } from './flows.ts';

/** The parts of a picture that have a place in a column. A way is where a flow passes a stage that it skips. */
export type NodeKind = 'new' | 'stage' | 'way' | 'back' | 'out';

/** A node of the picture, before it has a place. */
export interface NodeSpec {
  readonly id: string;
  readonly kind: NodeKind;
  /** The stage that the node is, or that its leads come from; undefined for those that are new. */
  readonly stage: Stage | undefined;
  readonly column: number;
  /** Its order within the column, from the first. */
  readonly rank: number;
}

/** A part of a flow, from one column to a later one. */
export interface LinkSpec {
  readonly source: string;
  readonly target: string;
  readonly value: number;
  readonly tier: Tier;
  /** The flow of which it is a part, as an index; undefined for one that only holds columns apart. */
  readonly flow: number | undefined;
}

export interface FlowGraph {
  readonly nodes: readonly NodeSpec[];
  readonly links: readonly LinkSpec[];
}

const stageAt = (column: number): Stage => stages[column - 1] as Stage;

/** Returns the nodes through which a flow goes. Leads that go back or out end in a node beside the next stage. */
const listPath = (flow: Flow): NodeSpec[] => {
  const kind = kindOf(flow);
  const first = positionOf(flow.from);
  const start: NodeSpec =
    flow.from === 'new'
      ? { id: 'new', kind: 'new', stage: undefined, column: 0, rank: 0 }
      : { id: flow.from, kind: 'stage', stage: flow.from, column: first, rank: 0 };
  if (kind === 'back' || kind === 'out') {
    const stage = stageAt(first);
    const rank = kind === 'back' ? 1_000 : 1_001;
    return [start, { id: `${kind}:${stage}`, kind, stage, column: first + 1, rank }];
  }
  const last = positionOf(flow.to);
  const ways = Array.from({ length: last - first - 1 }, (_, i) => {
    const column = first + 1 + i;
    const id = `way:${flow.from}>${flow.to}:${column}`;
    return { id, kind: 'way', stage: stageAt(column), column, rank: 10 * last + first } as const;
  });
  const stage = stageAt(last);
  return [start, ...ways, { id: stage, kind: 'stage', stage, column: last, rank: 0 }];
};

/** Every stage has its column, whether anything moved or not. */
const frame: readonly NodeSpec[] = [
  { id: 'new', kind: 'new', stage: undefined, column: 0, rank: 0 },
  ...stages.map((stage, i) => ({ id: stage, kind: 'stage' as const, stage, column: i + 1, rank: 0 })),
];

const holdApart = (nodes: readonly NodeSpec[]): LinkSpec[] =>
  nodes.slice(1).map(({ id }, i) => ({
    source: (nodes[i] as NodeSpec).id,
    target: id,
    value: 0,
    tier: 'none',
    flow: undefined,
  }));

/** Returns the graph of flows. It has no circle, since leads that go back end beside the stage that they left. */
export const buildGraph = (flows: readonly Flow[]): FlowGraph => {
  const paths = flows.map(listPath);
  const nodes = new Map([...frame, ...paths.flat()].map((node) => [node.id, node]));
  const links = paths.flatMap((path, flow) =>
    path.slice(1).map(({ id }, i) => ({
      source: (path[i] as NodeSpec).id,
      target: id,
      value: flows[flow]?.count ?? 0,
      tier: flows[flow]?.tier ?? 'none',
      flow,
    })),
  );
  return { nodes: [...nodes.values()], links: [...holdApart(frame), ...links] };
};

/** Returns the order of two parts of flows at the node that they share. */
export const compareParts = (
  a: { readonly ends: readonly [NodeSpec, NodeSpec]; readonly tier: Tier },
  b: { readonly ends: readonly [NodeSpec, NodeSpec]; readonly tier: Tier },
): number =>
  a.ends[1].rank - b.ends[1].rank ||
  a.ends[0].rank - b.ends[0].rank ||
  tiersFromBest.indexOf(a.tier) - tiersFromBest.indexOf(b.tier);
