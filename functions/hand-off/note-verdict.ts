import type { InboundEvent } from '../../events/index.ts';
import type { FollowUps, HandoffVerdict } from '../../shared/follow-ups/index.ts';
import { unnamedVerdictId } from '../../shared/keys/index.ts';
import { count } from '../../shared/lambda/index.ts';

type VerdictEvent = Extract<InboundEvent, { type: 'HandoffAccepted' | 'HandoffRejected' }>;

const buildVerdict = ({ type, metadata, data }: VerdictEvent): HandoffVerdict => ({
  leadId: data.leadId,
  handoffId: data.handoffId ?? unnamedVerdictId(metadata),
  status: type === 'HandoffAccepted' ? 'accepted' : 'rejected',
  answeredAt: metadata.occurredAt,
  actor: data.actor,
  reason: data.reason,
});

/**
 * Notes the verdict of sales on its hand-off, also on one that Sluice did not request: the lead may have been handed
 * off elsewhere, which answers its open hand-off as well. A verdict that arrives before its request must not leave the
 * request open.
 */
export const noteVerdict = async (followUps: FollowUps, event: VerdictEvent): Promise<void> => {
  const noted = await followUps.noteVerdict(buildVerdict(event));
  if (noted === 'noted') count(event.type === 'HandoffAccepted' ? 'HandoffsAccepted' : 'HandoffsRejected', 1);
  if (noted === 'erased') count('VerdictsOnErasedLeads', 1);
};
