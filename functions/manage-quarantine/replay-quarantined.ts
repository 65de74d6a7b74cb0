import type { Routes } from '../../events/api/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest } from '../../shared/api/index.ts';
import type { QuarantineDeps } from './deps.ts';

export const replayQuarantined =
  (_deps: QuarantineDeps) =>
  async (_request: ApiRequest<Routes['replayQuarantined']>): Promise<ApiAnswer> => {
    throw new ApiProblem('unavailable', 'not built yet');
  };
