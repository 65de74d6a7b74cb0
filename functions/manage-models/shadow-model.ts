import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { answerChange, changeModels } from './change-models.ts';
import type { ManageModelsDeps } from './deps.ts';

/** Has leads scored by a second published model as well. */
export const shadowModel =
  (deps: ManageModelsDeps) =>
  (request: ApiRequest<Routes['shadowModel']>): Promise<ApiAnswer> =>
    answerChange(
      changeModels(deps, request, request.body.reason, (author) =>
        deps.registry.shadow(request.path.version, author),
      ),
    );

/** Has leads scored by the active model only. */
export const endShadow =
  (deps: ManageModelsDeps) =>
  (request: ApiRequest<Routes['endShadow']>): Promise<ApiAnswer> =>
    answerChange(
      changeModels(deps, request, request.query.reason, (author) => deps.registry.shadow(undefined, author)),
    );
