import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { checkVersion } from './check-version.ts';
import type { RequestDeps } from './deps.ts';
import { checkOpen, findLead } from './find-lead.ts';
import { takeIn } from './take-in.ts';

/** Checks that a lead can be merged into another one, or was merged into it before. @throws ApiProblem */
const checkMerged = async (deps: RequestDeps, mergedLeadId: string, leadId: string): Promise<void> => {
  const path = 'body.mergedLeadId';
  const merged = await findLead(deps, mergedLeadId, path);
  if (merged.status === 'merged' && merged.mergedInto === leadId) return;
  checkOpen(merged, path);
};

export const mergeLead =
  (deps: RequestDeps) =>
  async (request: ApiRequest<Routes['mergeLead']>): Promise<ApiAnswer> => {
    const leadId = request.path.id;
    const { mergedLeadId } = request.body;
    const check = async (): Promise<void> => {
      const survivor = await findLead(deps, leadId, 'path.id');
      checkOpen(survivor, 'path.id');
      await checkMerged(deps, mergedLeadId, leadId);
      checkVersion(request, survivor);
    };
    return takeIn(deps, request, leadId, { type: 'LeadsMerged', data: { leadId, mergedLeadId }, check });
  };
