import type { Routes } from '../../events/api/index.ts';
import { showValue } from '../../events/index.ts';
import { type ApiAnswer, ApiProblem, type ApiRequest } from '../../shared/api/index.ts';
import { checkLeadSeller } from './check-lead-seller.ts';
import { checkVersion } from './check-version.ts';
import type { RequestDeps } from './deps.ts';
import { checkOpen, findLead } from './find-lead.ts';
import { nameActor } from './name-actor.ts';
import { takeIn } from './take-in.ts';

/** @throws ApiProblem if an override would be over before it begins */
const checkUntil = (until: string, now: number): void => {
  if (Date.parse(until) > now) return;
  throw new ApiProblem('invalid-request', 'the override would have ended before it begins', [
    {
      path: 'body.until',
      given: showValue(until),
      allowed: `an instant after now, ${new Date(now).toISOString()}`,
    },
  ]);
};

/** Overrides the model's judgement of a lead until an instant. */
export const overrideLead =
  (deps: RequestDeps) =>
  async (request: ApiRequest<Routes['overrideLead']>): Promise<ApiAnswer> => {
    const { caller, body } = request;
    const { tier, hold, until, reason } = body;
    const leadId = request.path.id;
    const check = async (): Promise<void> => {
      checkUntil(until, deps.now());
      const lead = await findLead(deps, leadId, 'path.id');
      checkOpen(lead, 'path.id');
      await checkLeadSeller(deps, caller, lead);
      checkVersion(request, lead);
    };
    const data = {
      leadId,
      ...(tier !== undefined && { tier }),
      ...(hold !== undefined && { hold }),
      until,
      actor: nameActor(caller, body.actor),
      reason,
    };
    return takeIn(deps, request, leadId, { type: 'LeadOverridden', data, check });
  };
