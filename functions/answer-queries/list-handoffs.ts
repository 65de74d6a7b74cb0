import type { Routes } from '../../events/api/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest } from '../../shared/api/index.ts';
import type { QueryDeps } from './deps.ts';

export const listHandoffs =
  (_deps: QueryDeps) =>
  async (_request: ApiRequest<Routes['listHandoffs']>): Promise<ApiAnswer> => {
    throw new ApiProblem('unavailable', 'not built yet');
  };
