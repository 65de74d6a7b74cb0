import { type Action, tiers } from '../../events/index.ts';
import type { LeadComparison } from './compare-lead.ts';

/** The size of a move, and the worth of the lead: by these, moves are listed. */
export interface MoveSize {
  /** The number of tiers between the two. */
  readonly tiers: number;
  /** Whether a hand-off would start or stop. */
  readonly handoff: boolean;
  /** The points between the two scores. */
  readonly points: number;
  /** The higher of the two scores. */
  readonly value: number;
}

const isHandoff = ({ kind }: Action): boolean => kind === 'handoff';

export const measureMove = ({ standings: { a, b }, moved }: LeadComparison): MoveSize => ({
  tiers: Math.abs(tiers.indexOf(a.tier) - tiers.indexOf(b.tier)),
  handoff: moved.includes('action') && isHandoff(a.action) !== isHandoff(b.action),
  points: Math.abs(a.score - b.score),
  value: Math.max(a.score, b.score),
});

/**
 * Orders moves: those over more tiers first, then those that start or stop a hand-off, then by points, then the leads
 * with the higher score.
 */
export const compareMoveSizes = (one: MoveSize, other: MoveSize): number =>
  other.tiers - one.tiers ||
  Number(other.handoff) - Number(one.handoff) ||
  other.points - one.points ||
  other.value - one.value;
