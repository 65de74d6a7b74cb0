import type { ModelStore } from '../../model-store/index.ts';
import { compileModel, type ScoringModel } from '../../scoring/index.ts';
import type { LedgerEntry } from '../entry-items.ts';

/** A model by its version, as entries name it; undefined where it isn't kept. */
export type ModelOf = (version: string) => ScoringModel | undefined;

export interface ModelLibrary {
  /** All models that entries name. */
  modelsOf(entries: readonly LedgerEntry[]): Promise<ModelOf>;
}

/** Reads and compiles each kept model once. What isn't kept is looked for again: it may be kept by then. */
export const createModelLibrary = (kept: Pick<ModelStore, 'load'>): ModelLibrary => {
  const compiled = new Map<string, ScoringModel>();

  const take = async (version: string): Promise<void> => {
    const document = await kept.load(version);
    if (document === undefined || compiled.has(version)) return;
    const model = compileModel(document);
    // Another document under this version can't have judged what it is said to have judged.
    if (model.version === version) compiled.set(version, model);
  };

  return {
    async modelsOf(entries) {
      const named = entries.flatMap((entry) =>
        entry.kind === 'decided' ? [entry.standing.modelVersion] : [],
      );
      const unknown = [...new Set(named)].filter((version) => !compiled.has(version));
      await Promise.all(unknown.map(take));
      return (version) => compiled.get(version);
    },
  };
};
