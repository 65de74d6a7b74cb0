import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest, Caller } from '../../shared/api/index.ts';
import { readHandoffs } from '../../shared/follow-ups/index.ts';
import { isLimited, isOwner, notTheirs } from './check-seller.ts';
import { checkVersion } from './check-version.ts';
import type { RequestDeps } from './deps.ts';
import { checkOpen, type FoundLead, findLead } from './find-lead.ts';
import { nameActor } from './name-actor.ts';
import { takeIn } from './take-in.ts';

/** The states of hand-offs whose lead is in the hands of the queue. */
const inHand: readonly unknown[] = ['open', 'accepted'];

/** The attributes of hand-offs that are read, beside the keys. */
const read = ['handoffStatus', 'queue'];

/** Checks that a caller may state the stage of a lead. @throws ApiProblem */
const checkCaller = async (
  { client, leadsTable }: RequestDeps,
  caller: Caller,
  lead: FoundLead,
): Promise<void> => {
  if (!isLimited(caller) || isOwner(caller, lead)) return;
  const { handoffs } = await readHandoffs(client, leadsTable, lead.leadId, read);
  const isTheirs = handoffs.some(
    ({ handoffStatus, queue }) => inHand.includes(handoffStatus?.S) && caller.queues.includes(queue?.S ?? ''),
  );
  if (isTheirs) return;
  throw notTheirs(caller, 'a queue with an open or accepted hand-off of the lead, or the owner of the lead');
};

export const stateStage =
  (deps: RequestDeps) =>
  async (request: ApiRequest<Routes['stateStage']>): Promise<ApiAnswer> => {
    const { caller, body } = request;
    const { stage, dealId, reason, occurredAt } = body;
    const leadId = request.path.id;
    const check = async (): Promise<void> => {
      const lead = await findLead(deps, leadId, 'path.id');
      checkOpen(lead, 'path.id');
      await checkCaller(deps, caller, lead);
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
