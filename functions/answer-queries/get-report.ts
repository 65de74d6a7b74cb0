import type { Routes } from '../../events/api/index.ts';
import { showValue } from '../../events/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest } from '../../shared/api/index.ts';
import { createBasis, makeReport, readLeads } from '../../shared/report/index.ts';
import type { QueryDeps } from './deps.ts';
import { startReadBudget } from './read-budget.ts';

/** Returns the instant of the report. @throws ApiProblem if it is yet to come: a report is on what has happened */
const chooseInstant = (given: string | undefined, now: number): number => {
  const at = given === undefined ? now : Date.parse(given);
  if (at <= now) return at;
  throw new ApiProblem('invalid-request', 'the instant of the report is yet to come', [
    {
      path: 'query.at',
      given: showValue(given),
      allowed: `an instant up to now, ${new Date(now).toISOString()}`,
    },
  ]);
};

/**
 * Answers with the report on all leads, as `sluice report --json` prints it.
 *
 * @param stopwatch returns milliseconds since any instant. It bounds the time that the report takes, also if the clock
 * of the stack runs faster or slower
 */
export const getReport =
  ({ client, leadsTable, models, now }: QueryDeps, stopwatch: () => number = () => performance.now()) =>
  async ({ query }: ApiRequest<Routes['getReport']>): Promise<ApiAnswer> => {
    const { at, tiers, ...props } = query;
    const { active: model } = await models.current();
    const basis = createBasis({ model, tiers, now: chooseInstant(at, now()) });
    const items = readLeads(client, leadsTable, startReadBudget(stopwatch));
    return { body: await makeReport(items, basis, props) };
  };
