import { isClosed, type Lead, type LeadState } from '../../../shared/lead/index.ts';

/** A lead while its events are folded. */
export interface TrackedLead {
  readonly lead: Lead;
  /** When it is settled, if it isn't yet: milliseconds since 1970. */
  readonly settlesAt?: number | undefined;
  /** The characters of its events: its state has hardly more. */
  readonly size: number;
}

/** The lead that another one has become by merges; the lead itself, if it was never merged. */
export interface LocatedLead {
  readonly leadId: string;
  readonly tracked: TrackedLead | undefined;
  /** The leads that were merged one into the next, and the last of them into this one. */
  readonly mergedFrom: readonly string[];
}

/** The leads that the events of a history have made so far, by their ids. */
export type TrackedLeads = Map<string, TrackedLead>;

export const locateLead = (leads: TrackedLeads, leadId: string): LocatedLead => {
  const mergedFrom: string[] = [];
  for (let id = leadId; ; ) {
    const tracked = leads.get(id);
    if (tracked?.lead.status !== 'merged') return { leadId: id, tracked, mergedFrom };
    mergedFrom.push(id);
    id = (tracked.lead as Extract<Lead, { status: 'merged' }>).mergedInto;
  }
};

export const isErased = ({ tracked }: LocatedLead): boolean => tracked?.lead.status === 'erased';

/** Returns the state of a lead that is open; undefined for one that is closed, or of which nothing is known. */
export const openState = (tracked: TrackedLead | undefined): LeadState | undefined =>
  tracked === undefined || isClosed(tracked.lead) ? undefined : tracked.lead;
