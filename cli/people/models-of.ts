import type { TableProps } from '../../shared/dynamodb/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { loadModels } from '../../shared/model-store/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';

/** Loads the stored models that judged some leads, by version. One that isn't stored is left out. */
export const loadModelsOf = (
  table: TableProps,
  leads: readonly Pick<LeadState, 'modelVersion'>[],
): Promise<ReadonlyMap<string, ModelDocument>> =>
  loadModels(
    table,
    leads.map(({ modelVersion }) => modelVersion),
  );
