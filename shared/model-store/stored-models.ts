import type { TableProps } from '../dynamodb/index.ts';
import { compileModel, type ScoringModel } from '../scoring/index.ts';
import { loadModel } from './documents.ts';

/** Finds a model by its version; undefined if it isn't stored. */
export type FindModel = (version: string) => Promise<ScoringModel | undefined>;

export interface StoredModelsProps {
  /** The most models that are remembered. @default all */
  readonly most?: number;
}

/**
 * Returns a function that loads the models by which leads were judged, each once, since a stored model never changes. A
 * version that isn't stored is looked for again the next time.
 */
export const createStoredModels = (
  table: TableProps,
  { most = Number.POSITIVE_INFINITY }: StoredModelsProps = {},
): FindModel => {
  const models = new Map<string, Promise<ScoringModel | undefined>>();

  const load = async (version: string): Promise<ScoringModel | undefined> => {
    const document = await loadModel(table, version);
    return document && compileModel(document);
  };

  const forget = (version: string): boolean => models.delete(version);

  return async (version) => {
    const found = models.get(version) ?? load(version);
    // The versions are in the order in which they were last asked for.
    forget(version);
    models.set(version, found);
    const [oldest] = models.keys();
    if (models.size > most && oldest !== undefined) forget(oldest);
    try {
      const model = await found;
      if (model === undefined) forget(version);
      return model;
    } catch (error) {
      forget(version);
      throw error;
    }
  };
};
