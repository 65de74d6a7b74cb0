import { createApiHandler } from '../../shared/api/index.ts';
import type { QueryDeps } from './deps.ts';
import { getFunnel } from './get-funnel.ts';
import { getLead } from './get-lead.ts';
import { getReport } from './get-report.ts';
import { getTimeline } from './get-timeline.ts';
import { listCountedLeads } from './list-counted-leads.ts';
import { listDuplicates } from './list-duplicates.ts';
import { listHandoffs } from './list-handoffs.ts';
import { listLeads } from './list-leads.ts';
import { listModels } from './list-models.ts';
import { createFindOutlines } from './model-outlines.ts';
import { scoreFacts } from './score-facts.ts';

export const answerQueries = (deps: QueryDeps) => {
  const findOutlines = createFindOutlines({ client: deps.client, table: deps.leadsTable }, deps.models);
  return createApiHandler('answer-queries', {
    listLeads: listLeads(deps),
    getLead: getLead(deps),
    getTimeline: getTimeline(deps),
    getFunnel: getFunnel(deps),
    listCountedLeads: listCountedLeads(deps),
    listHandoffs: listHandoffs(deps, findOutlines),
    listDuplicates: listDuplicates(deps),
    scoreFacts: scoreFacts(deps),
    listModels: listModels(deps, findOutlines),
    getReport: getReport(deps),
  });
};
