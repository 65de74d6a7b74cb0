import { findEnd, type LeadEnd } from '../../shared/comparison/index.ts';
import type { LeadEvent } from '../../shared/lead/index.ts';
import type { Ledger } from '../../shared/ledger/index.ts';
import type { Facts } from '../../shared/scoring/index.ts';

/** Returns whether the facts of a lead say that a deal of it has ended. */
export const hasEnded = ({ outcomes, stated }: Facts): boolean =>
  outcomes.won !== undefined || outcomes.lost !== undefined || stated?.[0].stage === 'customer';

/** Reads the events of a lead, and of those that were merged into it, from their ledgers. */
const readEvents = async (ledger: Pick<Ledger, 'timeline'>, leadId: string): Promise<LeadEvent[]> => {
  const events: LeadEvent[] = [];
  const seen = new Set([leadId]);
  for (const id of seen) {
    for await (const entry of ledger.timeline(id)) {
      if (entry.kind !== 'decided') continue;
      const { event } = entry;
      events.push(event);
      if (event.type === 'LeadsMerged') seen.add(entry.other ?? event.data.mergedLeadId);
    }
  }
  return events;
};

/** Reads the first end of a lead from its ledger, with what was known before. */
export const readEnd = async (
  ledger: Pick<Ledger, 'timeline'>,
  leadId: string,
): Promise<LeadEnd | undefined> => findEnd(await readEvents(ledger, leadId));
