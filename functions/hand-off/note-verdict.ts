import type { DataOf, inboundContracts } from '../../events/index.ts';
import { count } from '../../shared/lambda/index.ts';
import { handoffKey, S, writeIf } from '../../shared/ledger/index.ts';
import type { HandOffDeps } from './deps.ts';

export type Verdict = DataOf<typeof inboundContracts.HandoffAccepted>;

/**
 * Notes the verdict of sales on its hand-off. One that we did not make is noted too: sales may have been handed the
 * lead elsewhere, and a verdict that comes before its request must not leave the request open.
 */
export const noteVerdict = async (
  { client, table }: HandOffDeps,
  status: 'accepted' | 'rejected',
  { leadId, handoffId, actor, reason }: Verdict,
  answeredAt: string,
): Promise<void> => {
  const noted = await writeIf(client, {
    table,
    key: handoffKey(leadId, handoffId),
    set: {
      status: S(status),
      answeredAt: S(answeredAt),
      actor: S(actor),
      ...(reason !== undefined && { reason: S(reason) }),
    },
    condition: 'attribute_not_exists(#answeredAt) OR #answeredAt < :answeredAt',
  });
  if (noted) count(status === 'accepted' ? 'HandoffsAccepted' : 'HandoffsRejected', 1);
};
