import { type Stage, stages } from '../../../../events/index.ts';
import type { ModelDocument } from '../../document/model.ts';
import { round } from '../../evaluate.ts';
import { error, type Finding, warning } from '../finding.ts';
import type { SearchSpace } from '../search/search-space.ts';
import { type Bounds, computeBounds } from './bounds.ts';

const tiersDown = ['excellent', 'good', 'risky'] as const;

interface StageBounds extends Bounds {
  readonly stage: Stage;
}

/** Computed as a score is, so that the last digit comes out alike. */
const computeScore = (
  weights: Readonly<Record<string, number>>,
  dimensions: ReadonlyMap<string, Bounds>,
  bound: keyof Bounds,
): number => {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  let score = 0;
  for (const [name, bounds] of dimensions) {
    if (Object.hasOwn(weights, name)) score += ((weights[name] ?? 0) / total) * bounds[bound];
  }
  return round(score);
};

/** Computes the bounds of the score at each stage that has a scorecard. */
const stageBounds = (space: SearchSpace): StageBounds[] => {
  const { dimensions, scorecards } = space.document;
  const bounds = new Map(
    Object.entries(dimensions).map(([name, dimension]) => [name, computeBounds(space, dimension)] as const),
  );
  return stages.flatMap((stage) => {
    const weights = scorecards[stage];
    if (weights === undefined) return [];
    const score = (bound: keyof Bounds) => computeScore(weights, bounds, bound);
    return [{ stage, least: score('least'), most: score('most'), lasting: score('lasting') }];
  });
};

const outOfReach = ({ tiers }: ModelDocument, bounds: readonly StageBounds[]): Finding[] => {
  const most = Math.max(...bounds.map((stage) => stage.most));
  return tiersDown
    .filter((tier) => tiers[tier] > most)
    .map((tier) =>
      error(`tiers.${tier}`, tiers[tier], `at most ${most}, the best score that any stage can give`),
    );
};

const neverLeft = ({ tiers }: ModelDocument, bounds: readonly StageBounds[]): Finding[] => {
  const least = Math.min(...bounds.map((stage) => stage.least));
  return tiersDown
    .filter((tier) => tiers[tier] <= least)
    .map((tier) =>
      warning(`tiers.${tier}`, tiers[tier], `above ${least}, the least score that any stage can give`),
    );
};

/** Finds, for each stage, the lowest tier that leads can't reach there although they can at another stage. */
const findOutOfReach = ({ tiers }: ModelDocument, bounds: readonly StageBounds[]): Finding[] => {
  const most = Math.max(...bounds.map((stage) => stage.most));
  return bounds.flatMap(({ stage, most: best }): Finding[] => {
    const tier = tiersDown.findLast((name) => tiers[name] > best && tiers[name] <= most);
    return tier === undefined
      ? []
      : [
          {
            severity: 'warning',
            path: `scorecards.${stage}`,
            given: `a best score of ${best}`,
            allowed: `${tiers[tier]} or more, where tier ${tier} begins; nobody comes to it at this stage`,
          },
        ];
  });
};

/**
 * Finds tiers that every lead loses within an hour if nothing happens, since points decay. It compares only what no lead
 * can exceed, so that a tier that is found is surely lost; others may be as short-lived.
 */
const findFleeting = ({ tiers }: ModelDocument, bounds: readonly StageBounds[]): Finding[] => {
  const most = Math.max(...bounds.map((stage) => stage.most));
  const lasting = Math.max(...bounds.map((stage) => stage.lasting));
  return tiersDown
    .filter((tier) => tiers[tier] <= most && tiers[tier] - tiers.hysteresis > lasting)
    .map((tier) =>
      warning(
        `tiers.${tier}`,
        tiers[tier],
        `at most ${round(lasting + tiers.hysteresis)}; by decay no lead scores more than ${lasting} an hour after all was new, and loses this tier`,
      ),
    );
};

/** Finds tiers that no lead can reach or hold, or that every lead is in. */
export const findTierFaults = (space: SearchSpace): Finding[] => {
  const bounds = stageBounds(space);
  const { document } = space;
  return [
    ...outOfReach(document, bounds),
    ...findOutOfReach(document, bounds),
    ...findFleeting(document, bounds),
    ...neverLeft(document, bounds),
  ];
};
