import { resolve } from 'node:path';
import type { ModelStore } from '../../shared/model-store/index.ts';
import { compileModel, type ModelDocument, type ScoringModel } from '../../shared/scoring/index.ts';

// An import of node:fs as an ES module loads all of its streams; init has no use for them.
const { readFileSync } = process.getBuiltinModule('node:fs');

/**
 * Reads the model that was deployed with the function; a relative path is beside the bundle. It was checked, and its
 * defaults filled in, when it was put there: checking it again at every cold start would cost more than all else
 * that init does.
 */
export const readModel = (file: string, folder: string = import.meta.dirname): ScoringModel =>
  compileModel(JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as ModelDocument);

/** Keeps a model once for as long as this function lives, since nobody takes one away; what failed is tried again. */
export const onceKept = (models: ModelStore, { version, document }: ScoringModel): (() => Promise<void>) => {
  let isKept = false;
  return async () => {
    if (isKept) return;
    await models.ensureStored(version, document);
    isKept = true;
  };
};
