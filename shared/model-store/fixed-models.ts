import type { ScoringModel } from '../scoring/index.ts';
import type { ActiveModels, ModelsInUse } from './active-models.ts';

/** Returns one model as the first one of a table, active since 1970 and never changed. */
const firstModel = (active: ScoringModel): ModelsInUse => ({
  active,
  revision: 1,
  activatedAt: new Date(0).toISOString(),
  actions: 'all',
});

/**
 * Returns models in use that never change.
 *
 * @param given what is in use, or the model that is active
 * @param ensureStored makes sure that the model is stored before any lead is judged by it; once, but again after a failure
 */
export const createFixedModels = (
  given: ScoringModel | ModelsInUse,
  ensureStored: () => Promise<void> = async () => {},
): ActiveModels => {
  const inUse = 'active' in given ? given : firstModel(given);
  let isStored = false;
  const current = async (): Promise<ModelsInUse> => {
    if (!isStored) await ensureStored();
    isStored = true;
    return inUse;
  };
  return { current, refreshed: current, refreshedFor: current };
};
