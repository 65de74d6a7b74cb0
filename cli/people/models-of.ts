import type { TableProps } from '../../shared/dynamodb/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { createDynamoDbModelStore } from '../../shared/model-store/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';

/** Loads the stored models that judged some leads, by version. One that isn't stored is left out. */
export const loadModelsOf = async (
  table: TableProps,
  leads: readonly Pick<LeadState, 'modelVersion'>[],
): Promise<ReadonlyMap<string, ModelDocument>> => {
  const store = createDynamoDbModelStore(table);
  const found = new Map<string, ModelDocument>();
  for (const version of new Set(leads.map(({ modelVersion }) => modelVersion))) {
    const document = await store.load(version);
    if (document !== undefined) found.set(version, document);
  }
  return found;
};
