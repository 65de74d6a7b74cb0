import { decideAll, type LeadState, type LedgerEnd, type SignalEvent } from '../../../shared/lead/index.ts';
import { parseEntry, parseLead, prepareCommit } from '../../../shared/ledger/index.ts';
import type { LeadItem } from '../../../shared/report/read-leads.ts';
import type { ScoringModel } from '../../../shared/scoring/index.ts';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Returns the items of one lead as a scan yields them: its entries by sort key, then its state.
 *
 * @param commits events in the order of arrival, together as they were committed together
 */
export const buildLeadItems = (
  model: ScoringModel,
  commits: readonly (readonly SignalEvent[])[],
): LeadItem[] => {
  const entries: LeadItem[] = [];
  let state: (LeadState & LedgerEnd) | undefined;
  const write = (events: readonly SignalEvent[]): void => {
    const commit = decideAll(model, state, events as [SignalEvent, ...SignalEvent[]], 0);
    const { items } = prepareCommit(commit);
    state = parseLead(items.state) as LeadState & LedgerEnd;
    for (const item of items.entries) {
      const entry = parseEntry(item);
      entries.push({ kind: 'entry', leadId: entry.leadId, entry });
    }
    // What time alone has changed before an event is a commit of its own.
    const left = events.slice(
      commit.entries.filter(({ event }) => event.type !== 'LeadClockAdvanced').length,
    );
    if (left.length > 0) write(left);
  };
  for (const events of commits) if (events.length > 0) write(events);
  if (state === undefined) return [];
  const skOf = (item: LeadItem): string => (item.kind === 'entry' ? item.entry.sk : '');
  return [
    ...entries.sort((a, b) => compare(skOf(a), skOf(b))),
    { kind: 'state', leadId: state.leadId, state },
  ];
};

export const streamItems = async function* (items: Iterable<LeadItem>): AsyncGenerator<LeadItem> {
  yield* items;
};
