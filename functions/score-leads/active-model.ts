import type { ModelStore } from '../../shared/model-store/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';

/**
 * Returns a function that makes sure that a model is stored. It does so once in its life, since models are never
 * removed; after a failure it tries again.
 */
export const memoizeEnsureStored = (
  models: ModelStore,
  { version, document }: ScoringModel,
): (() => Promise<void>) => {
  let isStored = false;
  return async () => {
    if (isStored) return;
    await models.ensureStored(version, document);
    isStored = true;
  };
};
