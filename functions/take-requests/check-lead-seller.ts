import type { Caller } from '../../shared/api/index.ts';
import { readHandoffs } from '../../shared/follow-ups/index.ts';
import { isLimited, isOwner, notTheirs } from './check-seller.ts';
import type { RequestDeps } from './deps.ts';
import type { FoundLead } from './find-lead.ts';

/** The states of hand-offs whose lead is in the hands of the queue. */
const inHand: readonly unknown[] = ['open', 'accepted'];

/** The attributes of hand-offs that are read, beside the keys. */
const read = ['handoffStatus', 'queue'];

/** Checks that a caller may say something about a lead as a person of sales. @throws ApiProblem */
export const checkLeadSeller = async (
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
