import { type BusEvent, clockEventId, internalEvent } from '../../events/index.ts';
import type { DueItem } from '../../shared/clock/index.ts';
import { isNurtureSortKey, leadSortKeys, parseHandoffId, parseLeadKey } from '../../shared/keys/index.ts';

/** The kinds of what can be due. Each has a queue of its own. */
export const dueKinds = ['lead', 'handoff', 'nurture'] as const;
export type DueKind = (typeof dueKinds)[number];

export interface DueMessage {
  readonly kind: DueKind;
  readonly event: BusEvent;
}

/** Returns the message about an item that is due; undefined for an item of a kind that isn't known here. */
export const buildDueMessage = ({ pk, sk, dueAt }: DueItem): DueMessage | undefined => {
  const metadata = { eventId: clockEventId, occurredAt: dueAt };
  const leadId = parseLeadKey(pk);
  if (sk === leadSortKeys.state)
    return { kind: 'lead', event: internalEvent('LeadClockAdvanced', metadata, { leadId }) };
  if (isNurtureSortKey(sk))
    return { kind: 'nurture', event: internalEvent('NurtureDue', metadata, { leadId, dueAt }) };
  const handoffId = parseHandoffId(sk);
  if (handoffId === undefined) return undefined;
  return { kind: 'handoff', event: internalEvent('HandoffDue', metadata, { leadId, handoffId, dueAt }) };
};

/** Returns the message about a lead that has no due time yet. @param occurredAt the hour of now */
export const buildFirstMessage = (leadId: string, occurredAt: string): DueMessage => ({
  kind: 'lead',
  event: internalEvent('LeadClockAdvanced', { eventId: clockEventId, occurredAt }, { leadId, first: true }),
});
