import { assertSameModel, type ModelStore } from '../../shared/model-store/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';

/** Creates a model store in memory. */
export const createMemoryModelStore = (): ModelStore => {
  const documents = new Map<string, ModelDocument>();
  return {
    async ensureStored(version, document) {
      const stored = documents.get(version);
      if (stored !== undefined) assertSameModel(version, stored, document);
      else documents.set(version, document);
    },
    async load(version) {
      return documents.get(version);
    },
  };
};
