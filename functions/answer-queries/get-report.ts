import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { createBasis, makeReport, readLeads } from '../../shared/report/index.ts';
import { chooseInstant } from './choose-instant.ts';
import type { QueryDeps } from './deps.ts';
import { startReadBudget } from './read-budget.ts';

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
