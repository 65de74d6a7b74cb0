import { stages, tiers } from '../../events/index.ts';
import type { FunnelMove, FunnelView } from '../../shared/funnel-counts/index.ts';
import { heading, type Line } from '../output/line.ts';
import { table } from '../output/table.ts';
import { formatCount } from '../text/format-count.ts';

const formatStock = ({ cells, stages: byStage, tiers: byTier, leads }: FunnelView): Line => {
  const countOf = (stage: string, tier: string): number =>
    cells.find((cell) => cell.stage === stage && cell.tier === tier)?.leads ?? 0;
  return table([
    ['stage', ...tiers, 'all'],
    ...stages.map((stage, i) => [
      stage,
      ...tiers.map((tier) => countOf(stage, tier)),
      byStage[i]?.leads ?? 0,
    ]),
    ['all', ...byTier.map((tier) => tier.leads), leads],
  ]);
};

const formatEnd = (end: FunnelMove['from']): string => (end === null ? '-' : `${end.stage}, ${end.tier}`);

/** Sums moves over days. Returns them by their ends, the most frequent first. */
const sumMoves = (days: FunnelView['days']): (readonly [from: string, to: string, count: number])[] => {
  const sums = new Map<string, readonly [string, string, number]>();
  for (const { from, to, count } of days.flatMap(({ moves }) => moves)) {
    const ends = [formatEnd(from), formatEnd(to)] as const;
    const key = ends.join('>');
    sums.set(key, [...ends, (sums.get(key)?.[2] ?? 0) + count]);
  }
  return [...sums.values()].toSorted(([, , a], [, , b]) => b - a);
};

/** The most moves that are listed. There may be hundreds, of one lead each. */
const mostMoves = 20;

const formatMoves = (days: FunnelView['days']): Line[] => {
  const moves = sumMoves(days);
  if (moves.length === 0) return ['No lead moved.'];
  const others = moves.slice(mostMoves).reduce((sum, [, , count]) => sum + count, 0);
  return [
    table([['from', 'to', 'moves'], ...moves.slice(0, mostMoves)]),
    ...(others === 0 ? [] : [`and ${formatCount(others, 'other move')}; --json has them all`]),
  ];
};

/** Formats the funnel for people: who stands where, and the moves of all its days together. */
export const formatFunnel = (view: FunnelView): Line[] => [
  heading(`${formatCount(view.leads, 'lead')} in the funnel`),
  formatStock(view),
  '',
  heading(`Moves from ${view.from} to ${view.to}`),
  ...formatMoves(view.days),
  ...(view.countedAt === null
    ? ['', 'Nothing was counted yet. `npx sluice funnel recount` counts the leads that are there.']
    : []),
];
