import { type AcceptedEvent, parseInbound } from '../../events/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { listSaid } from '../../shared/scoring/index.ts';
import { readEntries } from '../entries/read-entries.ts';
import { listSaidInEvent } from '../unread/said-in-event.ts';
import { saidAt } from '../unread/tally-leads.ts';
import type { Came } from './compare-with-data.ts';

const parseEvent = (text: string): AcceptedEvent | undefined => {
  try {
    const parsed = parseInbound(JSON.parse(text), Date.now());
    return parsed.ok ? parsed.event : undefined;
  } catch {
    return undefined;
  }
};

/** Yields what each event of files says. Lines that are no events of a known type say nothing. */
export async function* readCameInEvents(files: readonly string[]): AsyncGenerator<readonly Came[]> {
  for await (const { text } of readEntries(files)) {
    const event = parseEvent(text);
    if (event === undefined) continue;
    const at = Date.parse(event.metadata.occurredAt);
    yield listSaidInEvent(event).map((said) => ({ at, said }));
  }
}

/** Yields what is known of each lead. */
export async function* readCameInLeads(leads: AsyncIterable<LeadState>): AsyncGenerator<readonly Came[]> {
  for await (const { facts } of leads)
    yield listSaid(facts).map((said) => ({ at: saidAt(facts, said), said }));
}
