import { resolve } from 'node:path';
import type { ModelStore } from '../../shared/model-store/index.ts';
import { compileModel, type ModelDocument, type ScoringModel } from '../../shared/scoring/index.ts';

// An import of node:fs as an ES module loads all of its streams; init has no use for them.
const { readFileSync } = process.getBuiltinModule('node:fs');

/**
 * Reads the model that was deployed with the function. It was checked and its defaults were filled in when it was
 * deployed: checking it again would cost more than everything else that a cold start does.
 *
 * @param file relative to the bundle's folder, or absolute
 */
export const readModel = (file: string, folder: string = import.meta.dirname): ScoringModel =>
  compileModel(JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as ModelDocument);

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
