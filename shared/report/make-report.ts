import type { StoredLead } from '../ledger/index.ts';
import type { Basis } from './basis.ts';
import { type FollowedLead, finishLead, followEntry, initialLead } from './follow-lead.ts';
import { observeDeadlines } from './observe-deadlines.ts';
import type { LeadItem } from './read-leads.ts';
import type { StuckProps } from './sections/stuck.ts';
import { createTally, type Report, type Tally } from './tally.ts';

interface Current {
  readonly leadId: string;
  readonly lead: FollowedLead;
  readonly state: StoredLead | undefined;
}

/**
 * Follows leads one after the other and counts the observations.
 *
 * @param items all items of a lead together, its entries by sort key, then its hand-offs and its state; leads in any order
 */
export const tallyLeads = async (
  items: AsyncIterable<LeadItem>,
  basis: Basis,
  props: StuckProps,
): Promise<Tally> => {
  const tally = createTally(basis, props);
  const finish = ({ leadId, lead, state }: Current): void => {
    for (const observation of finishLead(basis, leadId, lead, state)) tally.add(observation);
  };
  let current: Current | undefined;
  for await (const item of items) {
    if (current?.leadId !== item.leadId) {
      if (current !== undefined) finish(current);
      current = { leadId: item.leadId, lead: initialLead, state: undefined };
    }
    if (item.kind === 'state') {
      current = { ...current, state: item.state };
      continue;
    }
    if (item.kind === 'handoff') {
      for (const observation of observeDeadlines(item.handoff, basis.now)) tally.add(observation);
      continue;
    }
    const { lead, observed } = followEntry(basis, current.lead, item.entry);
    for (const observation of observed) tally.add(observation);
    current = { ...current, lead };
  }
  if (current !== undefined) finish(current);
  return tally;
};

/**
 * Makes the report on all leads.
 *
 * @param items all items of a lead together, its entries by sort key, then its hand-offs and its state; leads in any order
 */
export const makeReport = async (
  items: AsyncIterable<LeadItem>,
  basis: Basis,
  props: StuckProps,
): Promise<Report> => (await tallyLeads(items, basis, props)).report();
