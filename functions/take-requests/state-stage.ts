import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { checkLeadSeller } from './check-lead-seller.ts';
import { checkVersion } from './check-version.ts';
import type { RequestDeps } from './deps.ts';
import { checkOpen, findLead } from './find-lead.ts';
import { nameActor } from './name-actor.ts';
import { takeIn } from './take-in.ts';

export const stateStage =
  (deps: RequestDeps) =>
  async (request: ApiRequest<Routes['stateStage']>): Promise<ApiAnswer> => {
    const { caller, body } = request;
    const { stage, dealId, reason, occurredAt } = body;
    const leadId = request.path.id;
    const check = async (): Promise<void> => {
      const lead = await findLead(deps, leadId, 'path.id');
      checkOpen(lead, 'path.id');
      await checkLeadSeller(deps, caller, lead);
      checkVersion(request, lead);
    };
    const data = {
      leadId,
      stage,
      ...(dealId !== undefined && { dealId }),
      ...(reason !== undefined && { reason }),
      actor: nameActor(caller, body.actor),
    };
    return takeIn(deps, request, leadId, { type: 'LeadStageChanged', data, occurredAt, check });
  };
