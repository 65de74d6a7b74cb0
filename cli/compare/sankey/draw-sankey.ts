import { sankeyLinkHorizontal } from 'd3-sankey';
import { type Tier, tiers } from '../../../events/index.ts';
import { formatCount } from '../../text/format-count.ts';
import { formatInstant } from '../../text/format-instant.ts';
import type { Comparison } from '../comparison.ts';
import { shareOf, sumFlows } from '../words/format-flows.ts';
import { escapeXml } from './escape-xml.ts';
import { type Flow, type FlowLink, type FlowNode, frame, layOutFlows } from './layout.ts';
import { placeCounts } from './place-counts.ts';

const width = 800;
const height = 470;
const margin = 24;

/** Colours are those of Okabe and Ito, which people with any colour vision can tell from each other. */
const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 17px; font-weight: 600; }
  .quiet { fill: #59636e; }
  .paper { fill: #ffffff; }
  .node { fill: #59636e; }
  .flow { fill: none; stroke-opacity: 0.4; }
  .same { stroke: #8c959f; }
  .up { stroke: #0072b2; }
  .down { stroke: #d55e00; }
  .count { font-size: 12px; font-weight: 600; paint-order: stroke; stroke: #ffffff; stroke-width: 3px; stroke-opacity: 0.75; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .quiet { fill: #9198a1; }
    .paper { fill: #0d1117; }
    .node { fill: #9198a1; }
    .flow { stroke-opacity: 0.55; }
    .same { stroke: #656c76; }
    .up { stroke: #56b4e9; }
    .down { stroke: #e69f00; }
    .count { stroke: #0d1117; }
  }
`;

type Direction = 'same' | 'up' | 'down';

const directionOf = ({ from, to }: Flow): Direction => {
  const step = tiers.indexOf(to) - tiers.indexOf(from);
  return step === 0 ? 'same' : step > 0 ? 'up' : 'down';
};

/** The sign before a number of leads that move, so that colour isn't the only one. */
const signs: Readonly<Record<Direction, string>> = { same: '', up: '▲ ', down: '▼ ' };

const pixels = (value: number | undefined): string => String(Math.round((value ?? 0) * 10) / 10);

const drawPath = sankeyLinkHorizontal();

const drawFlow = (link: FlowLink): string => {
  const { from, to, value } = link;
  const words = `${from} by A, ${to} by B: ${formatCount(value, 'lead')}`;
  const thickness = pixels(Math.max(1, link.width ?? 0));
  return `<path class="flow ${directionOf(link)}" d="${drawPath(link) ?? ''}" stroke-width="${thickness}"><title>${words}</title></path>`;
};

const drawCounts = (links: readonly FlowLink[]): string[] => {
  const flows = links.map((link) => ({ link, text: `${signs[directionOf(link)]}${link.value}` }));
  const places = placeCounts(flows);
  return flows.flatMap(({ text }, i) => {
    const place = places[i];
    return place === undefined
      ? []
      : [
          `<text class="count" x="${pixels(place.x)}" y="${pixels(place.y + 4)}" text-anchor="middle">${text}</text>`,
        ];
  });
};

const drawNode = (
  { side, tier, x0 = 0, x1 = 0, y0 = 0, y1 = 0, value = 0 }: FlowNode,
  leads: number,
): string[] => {
  const isLeft = side === 'a';
  const x = pixels(isLeft ? x0 - 10 : x1 + 10);
  const anchor = isLeft ? 'end' : 'start';
  const middle = (y0 + y1) / 2;
  return [
    `<rect class="node" x="${pixels(x0)}" y="${pixels(y0)}" width="${pixels(x1 - x0)}" height="${pixels(Math.max(1, y1 - y0))}"/>`,
    `<text x="${x}" y="${pixels(middle - 2)}" text-anchor="${anchor}">${tier}</text>`,
    `<text class="quiet" x="${x}" y="${pixels(middle + 14)}" text-anchor="${anchor}">${value} (${shareOf(value, leads)})</text>`,
  ];
};

const describe = ({ tally }: Comparison): string => {
  const { flows, leads } = tally;
  const parts = [...tiers]
    .reverse()
    .flatMap((from: Tier) =>
      [...tiers]
        .reverse()
        .flatMap((to: Tier) => (flows[from][to] === 0 ? [] : [`${from} to ${to}: ${flows[from][to]}`])),
    );
  return `${formatCount(leads, 'lead')} by their tiers under models A and B. ${parts.join('; ')}.`;
};

/** The longest name of a model that fits above its column, in characters. */
const longestName = 48;

const shorten = (name: string): string =>
  name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;

/**
 * Draws how leads flow between the tiers of two models as an SVG document: without scripts, with a title and a
 * description for those who can't see it, and with colours for dark and light screens. A move up or down is shown by a
 * sign beside its number too.
 */
export const drawSankey = (comparison: Comparison): string => {
  const { models, at, tally } = comparison;
  const { nodes, links } = layOutFlows(tally);
  const { up, down } = sumFlows(tally.flows);
  const title = escapeXml(`Tiers by ${models.a.version} (A) and ${models.b.version} (B)`);
  const [a, b] = [escapeXml(shorten(models.a.version)), escapeXml(shorten(models.b.version))];
  const flows = links.toSorted((one, other) => other.value - one.value);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${title}</title>`,
    `<desc id="description">${escapeXml(describe(comparison))}</desc>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="title" x="${margin}" y="34">${formatCount(tally.leads, 'lead')} as of ${formatInstant(at)}</text>`,
    `<text class="quiet" x="${margin}" y="56">▲ ${up} to a better tier, ▼ ${down} to a worse one</text>`,
    `<text x="${margin}" y="${frame.top - 16}">A: ${a}</text>`,
    `<text x="${width - margin}" y="${frame.top - 16}" text-anchor="end">B: ${b}</text>`,
    ...flows.map(drawFlow),
    ...nodes.flatMap((node) => drawNode(node, tally.leads)),
    ...drawCounts(flows),
    '</svg>',
  ].join('\n')}\n`;
};
