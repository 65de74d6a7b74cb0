import { apiLimits, type Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { readModelDirectory } from '../../shared/model-store/index.ts';
import type { QueryDeps } from './deps.ts';
import type { FindOutlines, ModelOutline } from './model-outlines.ts';

/** The most models that are listed: each is read in the directory, and once in a function's life as a document. */
export const mostModels = apiLimits.itemsRead / 2;

interface ShownWith {
  readonly active: boolean;
  readonly shadow: boolean;
  readonly storedAt: string | undefined;
}

const modelRecord = (
  modelVersion: string,
  { deadlines: _deadlines, description, ...outline }: ModelOutline,
  { active, shadow, storedAt }: ShownWith,
) => ({
  modelVersion,
  id: modelVersion.slice(0, modelVersion.lastIndexOf('@')),
  ...outline,
  ...(description !== undefined && { description }),
  active,
  ...(shadow && { shadow }),
  ...(storedAt !== undefined && { storedAt }),
});

/** Lists the active model, and after it the others that are published, the latest first. */
export const listModels = (deps: QueryDeps, findOutlines: FindOutlines) => {
  const table = { client: deps.client, table: deps.leadsTable };
  return async (_request: ApiRequest<Routes['listModels']>): Promise<ApiAnswer> => {
    // Whoever has just activated a model looks here whether it is active.
    const { active, shadow } = await deps.models.refreshed();
    const listed = await readModelDirectory(table, mostModels);
    const storedAt = new Map(listed.map((model) => [model.modelVersion, model.storedAt]));
    const others = listed
      .filter(({ modelVersion }) => modelVersion !== active.version)
      .toSorted((a, b) => (a.storedAt < b.storedAt ? 1 : a.storedAt > b.storedAt ? -1 : 0))
      .map(({ modelVersion }) => modelVersion);
    const outlines = await findOutlines([active.version, ...others]);
    const models = [...outlines].map(([version, outline]) =>
      modelRecord(version, outline, {
        active: version === active.version,
        shadow: version === shadow?.version,
        storedAt: storedAt.get(version),
      }),
    );
    return { body: { models } };
  };
};
