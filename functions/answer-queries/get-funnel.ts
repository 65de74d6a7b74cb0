import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { readFunnel } from '../../shared/funnel-counts/index.ts';
import { chooseDays } from './choose-days.ts';
import type { QueryDeps } from './deps.ts';

/** Answers how many leads stand where in the funnel, and how they moved by day. */
export const getFunnel =
  ({ client, leadsTable: table, now }: QueryDeps) =>
  async ({ query }: ApiRequest<Routes['getFunnel']>): Promise<ApiAnswer> => ({
    body: await readFunnel({ client, table }, chooseDays(query, now())),
  });
