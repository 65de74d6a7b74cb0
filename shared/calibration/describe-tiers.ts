import { compileModel, type ModelDocument } from '../scoring/index.ts';
import { scoreRows } from './apply.ts';
import type { Calibrated } from './calibrate-scores.ts';
import type { Job } from './job.ts';
import { computeUpperBound } from './math.ts';
import type { TierThreshold } from './types.ts';

const toPercent = (share: number): number => Math.round(share * 1_000) / 10;

/** The tiers of a document as leads of the test time bear them out, with what to warn of. */
export interface DescribedTiers {
  readonly tiers: readonly TierThreshold[];
  readonly warnings: readonly string[];
}

/** Returns why a tier doesn't begin where leads bear its promise out. */
const explainUnsupported = (
  { tier, targetPercent, usualPercent, from }: TierThreshold,
  found: boolean,
): string => {
  const promise = `tier ${tier} promises a rate of success of ${targetPercent} % (usual: ${usualPercent} %)`;
  return found
    ? `${promise}, and leads bear it out from a score at which another tier begins: it begins at ${from} only to be in order`
    : `${promise}, and at no score leads surely reach it: it begins where a fixed share of the leads is above`;
};

/** Returns what the test time says against a tier; undefined if nothing. */
const explainTested = (
  { tier, targetPercent, supported, leads }: TierThreshold,
  won: number,
): string | undefined => {
  if (leads === 0) return `no lead of the test time is in tier ${tier}`;
  const most = toPercent(computeUpperBound(won, leads));
  return supported && most < targetPercent
    ? `tier ${tier} promises a rate of success of ${targetPercent} %, and of its ${leads} leads of the test time ${toPercent(won / leads)} % succeeded, at most ${most} % with other such leads`
    : undefined;
};

/** Describes what the tiers of the measured document meant on the test time. */
export const describeTiers = (
  { rows, outcomes, split }: Job,
  measured: ModelDocument,
  { thresholds }: Calibrated,
): DescribedTiers => {
  const scores = scoreRows(compileModel(measured), rows, split.test);
  const { tiers } = measured;
  const above = { excellent: Number.POSITIVE_INFINITY, good: tiers.excellent, risky: tiers.good };
  const described = thresholds.map(({ tier, from, target, rate, usual, supported: found, interval }) => {
    const own = split.test.filter((_, k) => {
      const score = scores[k] as number;
      return score >= tiers[tier] && score < above[tier];
    });
    const won = own.reduce((sum, i) => sum + (outcomes[i] as number), 0);
    const supported = found && tiers[tier] === from;
    const threshold: TierThreshold = {
      tier,
      from: tiers[tier],
      target,
      targetPercent: toPercent(rate),
      usualPercent: toPercent(usual),
      supported,
      ...(supported && interval !== undefined && { interval }),
      leads: own.length,
      ...(own.length > 0 && { successPercent: toPercent(won / own.length) }),
    };
    const tested = explainTested(threshold, won);
    return {
      threshold,
      warnings: [
        ...(supported ? [] : [explainUnsupported(threshold, found)]),
        ...(tested === undefined ? [] : [tested]),
      ],
    };
  });
  return {
    tiers: described.map(({ threshold }) => threshold),
    warnings: described.flatMap(({ warnings }) => warnings),
  };
};
