import { useEffect } from 'preact/hooks';
import type { AnswerableHandoff } from '../../../parts/handoff/answerable.ts';
import { answers } from '../../../parts/handoff/answering.ts';
import type { Owned } from '../../../parts/handoff/may-answer.ts';
import type { LeadAnswer } from '../types.ts';
import { ownerOf } from './may-change.ts';
import type { LeadAction } from './use-lead-action.ts';

/** Returns the hand-off that waits for an answer, if there is one. */
export const findOpenHandoff = (lead: LeadAnswer): (AnswerableHandoff & Owned) | undefined => {
  const { handoffs = [], leadId, shown } = lead;
  const open = handoffs.find(({ status }) => status === 'open');
  return (
    open && { id: open.id, leadId, name: shown.name ?? undefined, queue: open.queue, owner: ownerOf(lead) }
  );
};

/** Follows the answer to a hand-off, once it was sent, until it is recorded. */
export const useFollowedAnswer = (handoff: AnswerableHandoff | undefined, { follow }: LeadAction): void => {
  const isSent = handoff !== undefined && answers.value.get(handoff.id)?.step === 'sent';
  // What is sent is followed once, whatever else changes meanwhile.
  useEffect(() => {
    if (isSent) void follow();
  }, [isSent]);
};
