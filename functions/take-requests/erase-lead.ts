import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { checkVersion } from './check-version.ts';
import type { RequestDeps } from './deps.ts';
import { findLead } from './find-lead.ts';
import { takeIn } from './take-in.ts';

/**
 * Requests the erasure of a lead. One that was erased before is announced as erased again, so that consumers that missed
 * the first announcement can follow.
 */
export const eraseLead =
  (deps: RequestDeps) =>
  async (request: ApiRequest<Routes['eraseLead']>): Promise<ApiAnswer> => {
    const leadId = request.path.id;
    const check = async (): Promise<void> => checkVersion(request, await findLead(deps, leadId, 'path.id'));
    return takeIn(deps, request, leadId, { type: 'LeadErasureRequested', data: { leadId }, check });
  };
