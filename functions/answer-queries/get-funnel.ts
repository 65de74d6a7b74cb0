import { apiLimits, type Routes } from '../../events/api/index.ts';
import { showValue } from '../../events/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest } from '../../shared/api/index.ts';
import { completeDays, countDays, readFunnel } from '../../shared/funnel-counts/index.ts';
import type { QueryDeps } from './deps.ts';

const problem = (path: string, given: string, allowed: string): ApiProblem =>
  new ApiProblem('invalid-request', 'the days are not valid', [{ path, given: showValue(given), allowed }]);

/** Answers how many leads stand where in the funnel, and how they moved by day. */
export const getFunnel =
  ({ client, leadsTable: table, now }: QueryDeps) =>
  async ({ query }: ApiRequest<Routes['getFunnel']>): Promise<ApiAnswer> => {
    const days = completeDays(query, now());
    const length = countDays(days);
    if (length < 1) throw problem('query.from', days.from, `a day that isn't after ${days.to}`);
    if (length > apiLimits.funnelDays) {
      const allowed = `a day with at most ${apiLimits.funnelDays} days from it to ${days.to}`;
      throw problem('query.from', days.from, allowed);
    }
    return { body: await readFunnel({ client, table }, days) };
  };
