import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { checkLeadSeller } from './check-lead-seller.ts';
import { checkVersion } from './check-version.ts';
import type { RequestDeps } from './deps.ts';
import { checkOpen, findLead } from './find-lead.ts';
import { nameActor } from './name-actor.ts';
import { takeIn } from './take-in.ts';

/**
 * Lifts the override of a lead before it ends. A lead that isn't overridden stays so: its override may be on the bus, and
 * not recorded yet.
 */
export const liftOverride =
  (deps: RequestDeps) =>
  async (request: ApiRequest<Routes['liftOverride']>): Promise<ApiAnswer> => {
    const { caller } = request;
    const leadId = request.path.id;
    const check = async (): Promise<void> => {
      const lead = await findLead(deps, leadId, 'path.id');
      checkOpen(lead, 'path.id');
      await checkLeadSeller(deps, caller, lead);
      checkVersion(request, lead);
    };
    const data = { leadId, actor: nameActor(caller, undefined) };
    return takeIn(deps, request, leadId, { type: 'LeadOverrideLifted', data, check });
  };
