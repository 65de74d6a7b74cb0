import type { Routes } from '../../events/api/index.ts';
import { showValue } from '../../events/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest } from '../../shared/api/index.ts';
import { diffModels } from '../../shared/model-diff/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { showEntry } from './change-models.ts';
import type { ManageModelsDeps } from './deps.ts';

/** Loads a published document. @throws ApiProblem if there is none */
const loadDocument = async (
  { registry }: ManageModelsDeps,
  path: string,
  version: string,
): Promise<ModelDocument> => {
  const document = await registry.load(version);
  if (document !== undefined) return document;
  throw new ApiProblem('not-found', 'there is no such published model', [
    { path, given: showValue(version), allowed: 'a version as `GET /api/models` returns it' },
  ]);
};

/** Shows a published model, and what is done with it. */
export const getModel =
  (deps: ManageModelsDeps) =>
  async ({ path: { version } }: ApiRequest<Routes['getModel']>): Promise<ApiAnswer> => {
    const document = await loadDocument(deps, 'path.version', version);
    const pointer = await deps.registry.readPointer();
    const inUse = version === pointer?.active ? 'active' : version === pointer?.shadow ? 'shadow' : 'none';
    return { body: { modelVersion: version, use: inUse, document } };
  };

/** Says in words what one model changes against another. */
export const showDifferences =
  (deps: ManageModelsDeps) =>
  async ({ path: { version, other } }: ApiRequest<Routes['diffModels']>): Promise<ApiAnswer> => {
    const before = await loadDocument(deps, 'path.version', version);
    const after = await loadDocument(deps, 'path.other', other);
    return { body: { before: version, after: other, differences: diffModels(before, after) } };
  };

/** Lists what was done with models, the latest first, and says which model a rollback would bring back. */
export const listModelHistory =
  (deps: ManageModelsDeps) =>
  async ({ query }: ApiRequest<Routes['listModelHistory']>): Promise<ApiAnswer> => {
    const pointer = await deps.registry.readPointer();
    const rollsBackTo = pointer?.earlier.at(-1);
    const entries = await deps.registry.history(query.limit, query.before);
    return { body: { entries: entries.map(showEntry), ...(rollsBackTo !== undefined && { rollsBackTo }) } };
  };
