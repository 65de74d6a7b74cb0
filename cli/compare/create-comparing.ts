import type { Tier } from '../../events/index.ts';
import {
  compareEnd,
  compareLead,
  createTally,
  explainMove,
  type LeadEnd,
  type Pair,
} from '../../shared/comparison/index.ts';
import type { Facts, ScoringModel } from '../../shared/scoring/index.ts';
import { createTopList } from '../../shared/top-list/index.ts';
import type { ComparedPart, Move } from './comparison.ts';
import { buildMove, compareMoves } from './move.ts';

export interface ComparingProps {
  readonly models: Pair<ScoringModel>;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The most moves that are held in memory: the greatest. */
  readonly mostMoves: number;
  /** Called with each move, in the order of the leads. */
  readonly onMove?: ((move: Move) => void) | undefined;
}

interface LeadToCompare {
  readonly leadId: string;
  readonly facts: Facts;
  readonly previousTier: Tier;
}

/** Compares leads one after the other, in memory that doesn't grow with their number. */
export interface Comparing {
  readonly add: (lead: LeadToCompare) => void;
  readonly addEnd: (end: LeadEnd) => void;
  readonly result: () => Pick<ComparedPart, 'tally' | 'moves'>;
}

export const createComparing = ({ models, at, mostMoves, onMove }: ComparingProps): Comparing => {
  const tally = createTally();
  const moves = createTopList(mostMoves, compareMoves);
  return {
    add({ leadId, facts, previousTier }) {
      const comparison = compareLead(models, facts, previousTier, at);
      tally.add(comparison);
      if (comparison.moved.length === 0) return;
      const reasons = explainMove(models, facts, comparison, { previousTier, at });
      const move = buildMove(leadId, comparison, reasons);
      moves.add(move);
      onMove?.(move);
    },
    addEnd: (end) => tally.addEnd(compareEnd(models, end)),
    result: () => ({ tally: tally.result(), moves: moves.list() }),
  };
};
