import type { StoredLead } from '../ledger/index.ts';
import type { Basis } from './basis.ts';
import { type FollowedLead, finishLead, followEntry, initialLead } from './follow-lead.ts';
import type { Observation } from './observations.ts';
import { observeDeadlines } from './observe-deadlines.ts';
import type { LeadItem } from './read-leads.ts';
import type { StuckProps } from './sections/stuck.ts';
import { createTally, type Report, type Tally } from './tally.ts';

interface Current {
  readonly leadId: string;
  readonly lead: FollowedLead;
  readonly state: StoredLead | undefined;
}

/** Takes an observation on a lead. */
type Observe = (observation: Observation, leadId: string) => void;

/**
 * Follows leads one after the other.
 *
 * @param items all items of a lead together, its entries by sort key, then its hand-offs and its state; leads in any order
 */
export const followLeads = async (
  items: AsyncIterable<LeadItem>,
  basis: Basis,
  observe: Observe,
): Promise<void> => {
  const observeAll = (observed: readonly Observation[], leadId: string): void => {
    for (const observation of observed) observe(observation, leadId);
  };
  const finish = ({ leadId, lead, state }: Current): void =>
    observeAll(finishLead(basis, leadId, lead, state), leadId);
  let current: Current | undefined;
  for await (const item of items) {
    const { leadId } = item;
    if (current?.leadId !== leadId) {
      if (current !== undefined) finish(current);
      current = { leadId, lead: initialLead, state: undefined };
    }
    if (item.kind === 'state') {
      current = { ...current, state: item.state };
      continue;
    }
    if (item.kind === 'handoff') {
      observeAll(observeDeadlines(item.handoff, basis.now), leadId);
      continue;
    }
    const { lead, observed } = followEntry(basis, current.lead, item.entry);
    observeAll(observed, leadId);
    current = { ...current, lead };
  }
  if (current !== undefined) finish(current);
};

/** Follows leads as `followLeads` does, and counts the observations. */
export const tallyLeads = async (
  items: AsyncIterable<LeadItem>,
  basis: Basis,
  props: StuckProps,
): Promise<Tally> => {
  const tally = createTally(basis, props);
  await followLeads(items, basis, tally.add);
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
