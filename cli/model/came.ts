import { type AcceptedEvent, parseInbound } from '../../events/index.ts';
import { parseEntry } from '../../shared/entries/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { listSaid } from '../../shared/scoring/index.ts';
import { type FileEntry, readEntries } from '../entries/read-entries.ts';
import { listSaidInEvent } from '../unread/said-in-event.ts';
import { saidAt } from '../unread/tally-leads.ts';
import type { Came } from './compare-with-data.ts';

const parseEvent = (entry: FileEntry): AcceptedEvent | undefined => {
  const now = Date.now();
  const parsed = parseEntry(entry, now);
  if (parsed.kind === 'rejected') return undefined;
  const accepted = parseInbound(parsed.event, now);
  return accepted.ok ? accepted.event : undefined;
};

/**
 * Yields what each event of files says. Entries that are no events of a known type say nothing.
 *
 * @param onPassedOver is called with each of those entries
 */
export async function* readCameInEvents(
  files: readonly string[],
  onPassedOver: (entry: FileEntry) => void,
): AsyncGenerator<readonly Came[]> {
  for await (const entry of readEntries(files)) {
    const event = parseEvent(entry);
    if (event === undefined) {
      onPassedOver(entry);
      continue;
    }
    const at = Date.parse(event.metadata.occurredAt);
    yield listSaidInEvent(event).map((said) => ({ at, said }));
  }
}

/** Yields what is known of each lead. */
export async function* readCameInLeads(leads: AsyncIterable<LeadState>): AsyncGenerator<readonly Came[]> {
  for await (const { facts } of leads)
    yield listSaid(facts).map((said) => ({ at: saidAt(facts, said), said }));
}
