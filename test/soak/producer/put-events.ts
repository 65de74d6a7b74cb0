import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { buildPutEntry } from '../../../shared/bus/index.ts';
import type { SentEvent } from './sent-events.ts';

/**
 * Puts events on the bus, at most ten.
 *
 * @returns those that were refused or whose result is unknown: they have to be sent again
 */
export const putEvents = async (
  client: EventBridgeClient,
  busName: string,
  events: readonly SentEvent[],
): Promise<readonly SentEvent[]> => {
  for (const event of events) event.tries += 1;
  try {
    const Entries = events.map(({ offer }) => buildPutEntry(offer.entry, busName));
    const answer = await client.send(new PutEventsCommand({ Entries }));
    const isTaken = (i: number): boolean => answer.Entries?.[i]?.EventId !== undefined;
    for (const [i, event] of events.entries()) if (isTaken(i)) event.acknowledged += 1;
    return events.filter((_, i) => !isTaken(i));
  } catch {
    return events;
  }
};
