import type { TableProps } from '../../shared/dynamodb/index.ts';
import { createDynamoDbModelStore } from '../../shared/model-store/index.ts';
import { compileModel, type ScoringModel } from '../../shared/scoring/index.ts';

/** Returns a function that loads the models that a stack has judged by, each once; undefined for any other version. */
export const createStoredModels = (
  table: TableProps,
): ((version: string) => Promise<ScoringModel | undefined>) => {
  const store = createDynamoDbModelStore(table);
  const models = new Map<string, Promise<ScoringModel | undefined>>();
  const load = async (version: string) => {
    const document = await store.load(version);
    return document && compileModel(document);
  };
  return (version) => {
    const found = models.get(version) ?? load(version);
    models.set(version, found);
    return found;
  };
};
