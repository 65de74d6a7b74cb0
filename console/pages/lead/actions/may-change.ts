import { readOwner } from '../../../../shared/people/index.ts';
import { restoreFacts } from '../../../api/restore-facts.ts';
import { isMine } from '../../../parts/handoff/may-answer.ts';
import type { Person } from '../../../session/person.ts';
import type { LeadAnswer } from '../types.ts';

/** The part of a lead by which it is known who may change it. */
export type ChangeableLead = Pick<LeadAnswer, 'facts' | 'asOf' | 'handoffs' | 'moreHandoffs'>;

/** Returns the owner of a lead, whether or not the model shows it. */
export const ownerOf = ({ facts, asOf }: ChangeableLead): string | undefined =>
  readOwner(restoreFacts(facts, asOf).attributes);

/**
 * Returns whether the API takes from a person what sales says about a lead. Of sellers it does if the lead is theirs, or
 * in the hands of one of their queues, as far as the hand-offs were read.
 */
export const mayChange = (lead: ChangeableLead, person: Person | undefined): boolean => {
  if (person?.role !== 'seller') return person?.role === 'admin';
  const { handoffs = [], moreHandoffs = false } = lead;
  const inHand = handoffs.filter(({ status }) => status === 'open' || status === 'accepted');
  return (
    moreHandoffs || isMine({ owner: ownerOf(lead) }, person) || inHand.some((each) => isMine(each, person))
  );
};
