import type { Routes } from '../../events/api/index.ts';
import type { Problem } from '../../events/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest } from '../../shared/api/index.ts';
import { checkModel } from '../../shared/scoring/index.ts';
import { changeModels } from './change-models.ts';
import type { ManageModelsDeps } from './deps.ts';

const root = 'body.document';

/** Returns a problem of a document by the fields of the request. */
const locate = ({ path, ...problem }: Problem): Problem => ({
  path: path.startsWith('(') ? root : `${root}.${path}`,
  ...problem,
});

/** Checks a model and stores it under its version. The same document again is no error, and changes nothing. */
export const publishModel =
  (deps: ManageModelsDeps) =>
  async (request: ApiRequest<Routes['publishModel']>): Promise<ApiAnswer> => {
    const { document, reason } = request.body;
    const checked = checkModel(document);
    if (!checked.ok)
      throw new ApiProblem(
        'invalid-request',
        'the document is no valid scoring model',
        checked.problems.map(locate),
      );
    const { model, warnings } = checked;
    const entry = await changeModels(deps, request, reason, (author) =>
      deps.registry.publish(model.document, author),
    );
    const answer = { modelVersion: model.version, published: entry !== undefined };
    return { body: { ...answer, warnings: warnings.map(locate) } };
  };
