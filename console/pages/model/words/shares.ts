import type { Stage } from '../../../../events/index.ts';
import type { ModelDocument } from '../../../../shared/scoring/index.ts';

type Document = Pick<ModelDocument, 'scorecards' | 'dimensions'>;

/** Returns the share of each dimension in the score, 0 to 1, at a stage. */
export const computeShares = (
  { scorecards, dimensions }: Document,
  stage: Stage,
): { readonly id: string; readonly share: number }[] => {
  const weights = scorecards[stage] ?? scorecards.opportunity;
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  return Object.keys(dimensions).map((id) => ({
    id,
    share: total === 0 || !Object.hasOwn(weights, id) ? 0 : (weights[id] ?? 0) / total,
  }));
};
