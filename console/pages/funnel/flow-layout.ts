import { type SankeyLink, type SankeyNode, sankey } from 'd3-sankey';
import type { Tier } from '../../../events/index.ts';
import { buildGraph, compareParts, type LinkSpec, type NodeKind, type NodeSpec } from './flow-graph.ts';
import type { Flow } from './flows.ts';

/** A bar of the picture, in its units. */
export interface Bar {
  readonly id: string;
  readonly kind: NodeKind;
  readonly stage: NodeSpec['stage'];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The leads that came to it or left it, whichever are more. */
  readonly leads: number;
}

/** A flow as a band: the path along its middle, and how broad it is. */
export interface Band {
  readonly flow: Flow;
  readonly path: string;
  readonly breadth: number;
  /** A point in the band, near its beginning, for its label. */
  readonly label: readonly [number, number];
}

/** A flow picture: from left to right, or from above down. */
export interface FlowPicture {
  readonly isUpright: boolean;
  readonly width: number;
  readonly height: number;
  readonly bars: readonly Bar[];
  readonly bands: readonly Band[];
}

type Node = SankeyNode<NodeSpec, LinkSpec>;
type Link = SankeyLink<NodeSpec, LinkSpec>;

/** The room of a picture: along the funnel, and across it. */
interface Room {
  readonly isUpright: boolean;
  readonly along: readonly [number, number];
  readonly across: readonly [number, number];
  readonly gap: number;
}

/** Below this width the names of the stages have no place beside each other. */
const leastWidth = 820;
const barDepth = 9;

const planRoom = (width: number): Room & { readonly height: number } =>
  width < leastWidth
    ? { isUpright: true, along: [22, 570], across: [1, width - 1], gap: 14, height: 606 }
    : { isUpright: false, along: [1, width - 120], across: [58, 350], gap: 20, height: 372 };

/** Returns the breadth of a node. It is no number if there is no flow at all, by which d3 would scale it. */
const breadthOf = ({ y0 = 0, y1 = 0 }: Node): number => (Number.isFinite(y1 - y0) ? y1 - y0 : 0);

/** Puts the nodes of each column one below the other from its top, so that what goes on stays in a line. */
const stack = (nodes: readonly Node[], { across: [top], gap }: Room): void => {
  for (const column of Map.groupBy(nodes, ({ column }) => column).values()) {
    let next = top;
    for (const node of column.toSorted((a, b) => a.rank - b.rank)) {
      const breadth = breadthOf(node);
      node.y0 = next;
      node.y1 = next + breadth;
      next = node.y1 + gap;
    }
  }
};

const layOut = (flows: readonly Flow[], room: Room): { nodes: Node[]; links: Link[] } => {
  const { nodes, links } = buildGraph(flows);
  const [start, end] = room.along;
  const layout = sankey<NodeSpec, LinkSpec>()
    .nodeId(({ id }) => id)
    .nodeAlign(({ column }) => column)
    .nodeWidth(barDepth)
    .nodePadding(room.gap)
    .nodeSort((a, b) => a.rank - b.rank)
    .linkSort((a, b) => compareParts(endsOf(a), endsOf(b)))
    .iterations(0)
    .extent([
      [start, room.across[0]],
      [end, room.across[1]],
    ]);
  const graph = layout({
    nodes: nodes.map((node) => ({ ...node })),
    links: links.map((link) => ({ ...link })),
  });
  stack(graph.nodes, room);
  return layout.update(graph);
};

const endsOf = (link: Link): { readonly ends: readonly [NodeSpec, NodeSpec]; readonly tier: Tier } => ({
  ends: [link.source as Node, link.target as Node],
  tier: link.tier,
});

type Point = (along: number, across: number) => string;

/** Returns the path through all parts of a flow: a curve to each node, and straight on over it. */
const drawPath = (parts: readonly Link[], point: Point): string =>
  parts
    .map(({ source, target, y0 = 0, y1 = 0 }, i) => {
      const [begin, end] = [(source as Node).x1 ?? 0, (target as Node).x0 ?? 0];
      const middle = (begin + end) / 2;
      const curve = `C${point(middle, y0)} ${point(middle, y1)} ${point(end, y1)}`;
      return `${i === 0 ? 'M' : 'L'}${point(begin, y0)}${curve}`;
    })
    .join('');

const round = (value: number): number => Math.round(value * 10) / 10;

const toBar = (node: Node, isUpright: boolean): Bar => {
  const { id, kind, stage, value: leads = 0, x0 = 0, y0 = 0 } = node;
  const [along, across, breadth] = [round(x0), round(y0), Math.max(2, round(breadthOf(node)))];
  const placed = isUpright
    ? { x: across, y: along, width: breadth, height: barDepth }
    : { x: along, y: across, width: barDepth, height: breadth };
  return { id, kind, stage, leads, ...placed };
};

/**
 * Lays flows out as a picture. Leads that went on are in a line along the funnel; those that skipped a stage pass beside
 * it, and those that went back or out end beside the next stage. A narrow picture goes from above down.
 *
 * @param width the width that the picture has, in pixels
 */
export const layOutFlows = (flows: readonly Flow[], width: number): FlowPicture => {
  const room = planRoom(width);
  const { isUpright, height } = room;
  const { nodes, links } = layOut(flows, room);
  const point: Point = (along, across) =>
    isUpright ? `${round(across)},${round(along)}` : `${round(along)},${round(across)}`;
  const bands = flows.map((flow, i): Band => {
    const parts = links.filter((link) => link.flow === i);
    const { source, y0 = 0, width: breadth = 0 } = parts[0] as Link;
    const begin = (source as Node).x1 ?? 0;
    const label = isUpright ? ([y0, begin + 14] as const) : ([begin + 7, y0 + 4] as const);
    return { flow, path: drawPath(parts, point), breadth: Math.max(1, breadth), label };
  });
  const bars = nodes.filter(({ kind }) => kind !== 'way').map((node) => toBar(node, isUpright));
  return { isUpright, width, height, bars, bands };
};
