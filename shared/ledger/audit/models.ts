import { compileModel, type ModelDocument, type ScoringModel } from '../../scoring/index.ts';
import type { LedgerEntry } from '../entry-items.ts';

/** Loads the stored document of a version; undefined if there is none. */
type LoadModel = (version: string) => Promise<ModelDocument | undefined>;

/** Returns a model by its version, as entries name it; undefined if it isn't stored. */
export type ModelOf = (version: string) => ScoringModel | undefined;

export interface ModelLibrary {
  /** Loads all models that entries name. */
  readModels(entries: readonly LedgerEntry[]): Promise<ModelOf>;
}

/**
 * Creates a library that reads and compiles each stored model once. A model that isn't stored is looked up again at the
 * next call.
 */
export const createModelLibrary = (load: LoadModel): ModelLibrary => {
  const compiled = new Map<string, ScoringModel>();

  const take = async (version: string): Promise<void> => {
    const document = await load(version);
    if (document === undefined || compiled.has(version)) return;
    const model = compileModel(document);
    // A document of another version can't be the model that judged the entries.
    if (model.version === version) compiled.set(version, model);
  };

  return {
    async readModels(entries) {
      const named = entries.flatMap((entry) =>
        entry.kind === 'decided' ? [entry.standing.modelVersion] : [],
      );
      const unknown = [...new Set(named)].filter((version) => !compiled.has(version));
      await Promise.all(unknown.map(take));
      return (version) => compiled.get(version);
    },
  };
};
