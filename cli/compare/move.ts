import {
  compareMoveSizes,
  type LeadComparison,
  type MoveReason,
  mapPair,
  measureMove,
} from '../../shared/comparison/index.ts';
import type { Standing } from '../../shared/lead/index.ts';
import type { Move, ShownStanding } from './comparison.ts';

/** The most reasons that are listed of a move. */
const mostReasons = 5;

const show = ({ stage, status, tier, score, action, disqualification }: Standing): ShownStanding => ({
  stage,
  status,
  tier,
  score,
  action,
  ...(disqualification !== undefined && { disqualification }),
});

export const buildMove = (
  leadId: string,
  comparison: LeadComparison,
  reasons: readonly MoveReason[],
): Move => ({
  leadId,
  size: measureMove(comparison),
  standings: mapPair(comparison.standings, show),
  moved: comparison.moved,
  reasons: reasons.slice(0, mostReasons),
  reasonsLeft: Math.max(0, reasons.length - mostReasons),
});

/** Orders moves, the greatest first; equal ones by lead, so that the order never depends on threads. */
export const compareMoves = (a: Move, b: Move): number =>
  compareMoveSizes(a.size, b.size) || (a.leadId < b.leadId ? -1 : a.leadId > b.leadId ? 1 : 0);
