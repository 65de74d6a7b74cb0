import type { Routes } from '../../events/api/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest } from '../../shared/api/index.ts';
import type { RequestDeps } from './deps.ts';

export const mergeLead =
  (_deps: RequestDeps) =>
  async (_request: ApiRequest<Routes['mergeLead']>): Promise<ApiAnswer> => {
    throw new ApiProblem('unavailable', 'not built yet');
  };
