import { type Stage, stages, type Tier, tiers } from '../../../events/index.ts';
import type { Answer } from '../../api/call.ts';

export type FunnelAnswer = Answer<'getFunnel'>;
type Day = FunnelAnswer['days'][number];
type Move = Day['moves'][number];

/** One end of a flow: a stage, or outside the funnel. */
export type FlowEnd = Stage | 'new' | 'left';

/** Leads that moved from one stage to another, or into or out of the funnel. */
export interface Flow {
  readonly from: Exclude<FlowEnd, 'left'>;
  readonly to: Exclude<FlowEnd, 'new'>;
  /** The tier after the move; of leads that left the funnel, the tier before. */
  readonly tier: Tier;
  readonly count: number;
}

/** The tiers, from the best to none, as people read them. */
export const tiersFromBest: readonly Tier[] = [...tiers].reverse();

const order: readonly FlowEnd[] = ['new', ...stages, 'left'];

/** Returns where a place is along the funnel. */
export const positionOf = (place: FlowEnd): number => order.indexOf(place);

/** The directions in which leads move along the funnel. */
export type FlowKind = 'in' | 'forward' | 'back' | 'out';

/** Returns the direction of a flow. */
export const kindOf = ({ from, to }: Pick<Flow, 'from' | 'to'>): FlowKind => {
  if (from === 'new') return 'in';
  if (to === 'left') return 'out';
  return positionOf(to) > positionOf(from) ? 'forward' : 'back';
};

const toFlow = ({ from, to, count }: Move): Flow => ({
  from: from?.stage ?? 'new',
  to: to?.stage ?? 'left',
  tier: to?.tier ?? from?.tier ?? 'none',
  count,
});

const compareFlows = (a: Flow, b: Flow): number =>
  positionOf(a.from) - positionOf(b.from) ||
  positionOf(a.to) - positionOf(b.to) ||
  tiersFromBest.indexOf(a.tier) - tiersFromBest.indexOf(b.tier);

/**
 * Returns the flows between stages over all days, along the funnel and from the best tier to none. A flow whose counter
 * is not above zero, as one may be until the next recount, is left out: nobody is seen to have moved.
 */
export const sumFlows = (days: readonly Day[]): Flow[] => {
  const flows = days.flatMap(({ moves }) => moves.map(toFlow)).filter(({ from, to }) => from !== to);
  const groups = Map.groupBy(flows, ({ from, to, tier }) => `${from}>${to}>${tier}`);
  return [...groups.values()]
    .map((same) => ({ ...(same[0] as Flow), count: same.reduce((sum, { count }) => sum + count, 0) }))
    .filter(({ count }) => count > 0)
    .sort(compareFlows);
};

/** Leads whose tier became better or worse at the stage at which they were. */
export interface TierChanges {
  readonly better: number;
  readonly worse: number;
}

/** Returns how many moves changed the tier alone. */
export const countTierChanges = (days: readonly Day[]): TierChanges => {
  const changes = { better: 0, worse: 0 };
  for (const { from, to, count } of days.flatMap(({ moves }) => moves)) {
    if (from === null || to === null || from.stage !== to.stage) continue;
    changes[tiers.indexOf(to.tier) > tiers.indexOf(from.tier) ? 'better' : 'worse'] += Math.max(0, count);
  }
  return changes;
};

/** The moves at a stage: how many leads came to it, and how those that left it did so. */
export interface StageMoves {
  readonly stage: Stage;
  readonly came: number;
  readonly forward: number;
  readonly back: number;
  readonly out: number;
  /** The share of leads that went forward, of all that left the stage; undefined if none left it. */
  readonly forwardShare: number | undefined;
}

const sumCounts = (flows: readonly Flow[]): number => flows.reduce((sum, { count }) => sum + count, 0);

/** Returns what moved at each stage. */
export const countByStage = (flows: readonly Flow[]): StageMoves[] =>
  stages.map((stage) => {
    const leaving = flows.filter(({ from }) => from === stage);
    const [forward = 0, back = 0, out = 0] = (['forward', 'back', 'out'] as const).map((kind) =>
      sumCounts(leaving.filter((flow) => kindOf(flow) === kind)),
    );
    const all = forward + back + out;
    const came = sumCounts(flows.filter(({ to }) => to === stage));
    return { stage, came, forward, back, out, forwardShare: all === 0 ? undefined : forward / all };
  });

/** Returns whether a counter is below zero, which the next recount corrects. */
export const hasNegative = ({ cells, days }: FunnelAnswer): boolean =>
  cells.some(({ leads }) => leads < 0) || days.some(({ moves }) => moves.some(({ count }) => count < 0));
