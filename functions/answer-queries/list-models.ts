import { apiLimits, type Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { readModelDirectory } from '../../shared/model-store/index.ts';
import type { QueryDeps } from './deps.ts';
import type { FindOutlines, ModelOutline } from './model-outlines.ts';

/** The most models that are listed: each is read in the directory, and once in a function's life as a document. */
export const mostModels = apiLimits.itemsRead / 2;

const modelRecord = (
  modelVersion: string,
  { deadlines: _deadlines, description, ...outline }: ModelOutline,
  more: { readonly active: boolean; readonly storedAt?: string | undefined },
) => ({
  modelVersion,
  id: modelVersion.slice(0, modelVersion.lastIndexOf('@')),
  ...outline,
  ...(description !== undefined && { description }),
  active: more.active,
  ...(more.storedAt !== undefined && { storedAt: more.storedAt }),
});

/** Lists the active model, and after it those by which leads were judged, the latest first. */
export const listModels = (deps: QueryDeps, findOutlines: FindOutlines) => {
  const table = { client: deps.client, table: deps.leadsTable };
  const active = deps.model.version;
  return async (_request: ApiRequest<Routes['listModels']>): Promise<ApiAnswer> => {
    const listed = await readModelDirectory(table, mostModels);
    const storedAt = new Map(listed.map((model) => [model.modelVersion, model.storedAt]));
    const earlier = listed
      .filter(({ modelVersion }) => modelVersion !== active)
      .toSorted((a, b) => (a.storedAt < b.storedAt ? 1 : a.storedAt > b.storedAt ? -1 : 0))
      .map(({ modelVersion }) => modelVersion);
    const outlines = await findOutlines([active, ...earlier]);
    const models = [...outlines].map(([version, outline]) =>
      modelRecord(version, outline, { active: version === active, storedAt: storedAt.get(version) }),
    );
    return { body: { models } };
  };
};
