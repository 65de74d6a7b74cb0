import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { answerChange, changeModels } from './change-models.ts';
import type { ManageModelsDeps } from './deps.ts';

/** Makes a published model the active one, and has all leads rescored. */
export const activateModel =
  (deps: ManageModelsDeps) =>
  (request: ApiRequest<Routes['activateModel']>): Promise<ApiAnswer> => {
    const { actions, reason, expect } = request.body;
    return answerChange(
      changeModels(deps, request, reason, (author, active) =>
        deps.registry.activate(request.path.version, actions, author, expect ?? active),
      ),
    );
  };

/** Makes the model active again that was so before, and has all leads rescored. */
export const rollBackModel =
  (deps: ManageModelsDeps) =>
  (request: ApiRequest<Routes['rollBackModel']>): Promise<ApiAnswer> => {
    const { actions, reason, expect } = request.body;
    return answerChange(
      changeModels(deps, request, reason, (author, active) =>
        deps.registry.rollBack(actions, author, expect ?? active),
      ),
    );
  };
