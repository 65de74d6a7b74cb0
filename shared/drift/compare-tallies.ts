import { compareLeads, fewestLeads } from './compare-leads.ts';
import { areComparable, compareOutcomes } from './compare-outcomes.ts';
import type { DriftComparison, DriftTally, TooFew } from './types.ts';

/** The tallies with which a month is compared; undefined if there is none yet with enough leads. */
export interface DriftReferences {
  readonly leads: DriftTally | undefined;
  readonly outcomes: DriftTally | undefined;
}

/** Returns whether a month has enough leads to be compared. */
export const hasLeads = ({ leads }: DriftTally): boolean => leads >= fewestLeads;

/**
 * Compares a month with the references. What has too few leads isn't compared, and never a finding.
 *
 * The remedy is to move the thresholds of the tiers as long as the scores rank leads as well as before, which is what
 * they nearly always do; if they don't, the points themselves are wrong, and the model is to be calibrated again.
 */
export const compareTallies = (references: DriftReferences, current: DriftTally): DriftComparison => {
  const { leads, outcomes } = references;
  const canCompareLeads = leads !== undefined && hasLeads(leads) && hasLeads(current);
  const compared =
    outcomes !== undefined && areComparable(outcomes, current)
      ? compareOutcomes(outcomes, current)
      : undefined;
  const measures = [...(canCompareLeads ? compareLeads(leads, current) : []), ...(compared?.measures ?? [])];
  const findings = measures
    .filter(({ value, limit }) => value > limit)
    .toSorted((a, b) => b.value / b.limit - a.value / a.limit);
  const tooFew: TooFew[] = [
    ...(canCompareLeads ? [] : ['leads' as const]),
    ...(compared === undefined ? ['outcomes' as const] : []),
  ];
  return {
    measures,
    findings,
    ...(findings.length > 0 && { remedy: compared?.ranksWorse ? 'calibrate' : 'move-tiers' }),
    tooFew,
  };
};
