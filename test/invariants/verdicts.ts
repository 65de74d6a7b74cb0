import type { Evidence, Invariant } from './evidence.ts';
import { findSurvivor, groupLeads, parseStates, textOf } from './reading.ts';
import { groupSent } from './sent-events.ts';

interface Verdict {
  readonly leadId: string;
  readonly sk: string;
  readonly status: 'accepted' | 'rejected';
  readonly at: string;
}

/**
 * Returns every verdict that was sent, also one whose id belongs to another event: hand-off stores no ids of events.
 */
const collectVerdicts = (evidence: Evidence): Verdict[] =>
  [...groupSent(evidence).values()].flat().flatMap(({ event }): Verdict[] => {
    if (event.type !== 'HandoffAccepted' && event.type !== 'HandoffRejected') return [];
    const status = event.type === 'HandoffAccepted' ? 'accepted' : 'rejected';
    const { leadId, handoffId } = event.data;
    return [{ leadId, sk: `HANDOFF#${handoffId}`, status, at: event.metadata.occurredAt }];
  });

/** Returns the verdict that counts: the later one, or of two at the same instant the acceptance. */
const later = (a: Verdict, b: Verdict): Verdict => {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.status === 'accepted' ? a : b;
};

const isErased = (evidence: Evidence, leadId: string): boolean =>
  parseStates(evidence).get(findSurvivor(evidence, leadId))?.status === 'erased';

export const verdictsNoted: Invariant = {
  id: 'verdicts',
  rule: 'a hand-off has the latest verdict that sales gave on it, whatever came first',
  check: (evidence) =>
    [...Map.groupBy(collectVerdicts(evidence), ({ leadId, sk }) => `${leadId} ${sk}`).values()].flatMap(
      (all) => {
        const { leadId, sk, status } = all.reduce(later);
        if (isErased(evidence, leadId)) return [];
        const item = groupLeads(evidence)
          .get(leadId)
          ?.handoffs.find((one) => textOf(one, 'sk') === sk);
        return textOf(item, 'handoffStatus') === status
          ? []
          : [`${leadId} ${sk} is ${textOf(item, 'handoffStatus')}; sales said ${status}`];
      },
    ),
};
