import type { Evidence, Invariant } from './evidence.ts';
import { findSurvivor, groupLeads, parseStates, textOf } from './reading.ts';
import { groupSent } from './sent-events.ts';

/** Returns the id under which a verdict is stored: that of its hand-off, or that of its event if it names none. */
const storedAs = (handoffId: string | undefined, { occurredAt, eventId }: Record<string, unknown>): string =>
  handoffId ?? `unnamed ${occurredAt}#${eventId}`;

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
    const sk = `HANDOFF#${storedAs(handoffId, { ...event.metadata })}`;
    return [{ leadId, sk, status, at: event.metadata.occurredAt }];
  });

/** Returns the verdict that counts: the earlier one, or of two at the same instant the acceptance. */
const earlier = (a: Verdict, b: Verdict): Verdict => {
  if (a.at !== b.at) return a.at < b.at ? a : b;
  return a.status === 'accepted' ? a : b;
};

const isErased = (evidence: Evidence, leadId: string): boolean =>
  parseStates(evidence).get(findSurvivor(evidence, leadId))?.status === 'erased';

export const verdictsNoted: Invariant = {
  id: 'verdicts',
  rule: 'a hand-off has the earliest verdict that sales gave on it, whatever came first',
  check: (evidence) =>
    [...Map.groupBy(collectVerdicts(evidence), ({ leadId, sk }) => `${leadId} ${sk}`).values()].flatMap(
      (all) => {
        const { leadId, sk, status } = all.reduce(earlier);
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
