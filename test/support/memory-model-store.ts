import { assertSameModel, type KeptModels } from '../../shared/model-store/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';

/** The kept models over a map by version. */
export const createMemoryModels = (): KeptModels => {
  const documents = new Map<string, ModelDocument>();
  return {
    async keep(version, document) {
      const kept = documents.get(version);
      if (kept !== undefined) assertSameModel(version, kept, document);
      else documents.set(version, document);
    },
    async load(version) {
      return documents.get(version);
    },
  };
};
