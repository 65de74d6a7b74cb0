export { hasOutcomes } from './compare-outcomes.ts';
export { compareTallies, hasLeads } from './compare-tallies.ts';
export { emptyTally, mayBeQualified, mergeTallies, tallyLead, tallyOutcome } from './tally.ts';
export type {
  DriftComparison,
  DriftMeasure,
  DriftTally,
  OutcomeCount,
} from './types.ts';
