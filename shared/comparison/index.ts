export { collectLead, findEnd } from './collect-lead.ts';
export { compareEnd, type LeadEnd } from './compare-end.ts';
export {
  compareLead,
  compareStandings,
  type LeadComparison,
  type MovedPart,
  withoutOverride,
} from './compare-lead.ts';
export { createTally } from './create-tally.ts';
export { explainMove, type MoveReason } from './explain-move.ts';
export { compareMoveSizes, type MoveSize, measureMove } from './measure-move.ts';
export { mergeTallies } from './merge-tallies.ts';
export { mapPair, type Pair } from './pair.ts';
export {
  type ByTier,
  byTier,
  type ComparisonTally,
  type Counts,
  type DisqualifierCount,
  scoreBins,
  type WinCounts,
} from './tally.ts';
