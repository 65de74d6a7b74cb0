import type { LeadHistory, NumberedEvent } from './lead-history.ts';
import { readLines } from './read-lines.ts';

/** Yields the histories of a partition, one in memory at a time, by ascending lead id. */
export function* readHistories(partition: string): Generator<LeadHistory> {
  let leadId: string | undefined;
  let events: NumberedEvent[] = [];
  for (const line of readLines(partition)) {
    // The name of a lead comes before its events.
    if (line.startsWith('"')) {
      if (leadId !== undefined) yield { leadId, events };
      leadId = JSON.parse(line) as string;
      events = [];
    } else events.push(Object.assign(JSON.parse(line) as NumberedEvent, { size: line.length }));
  }
  if (leadId !== undefined) yield { leadId, events };
}
