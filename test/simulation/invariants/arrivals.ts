import { parseInbound } from '../../../events/index.ts';
import { type LeadEvent, leadEventOf } from '../../../shared/lead/index.ts';
import { contentOf } from '../../../shared/ledger/index.ts';
import type { Arrival } from './evidence.ts';
import { once } from './once.ts';

/** An event that came in and that is one, with what it says in its one normal form. */
export interface ToldEvent {
  readonly arrival: Arrival;
  readonly identity: string;
  readonly event: LeadEvent;
  readonly detail: string;
}

/** Long after every run: whatever was not ahead of time then isn't now. */
const afterwards = Number.POSITIVE_INFINITY;

const toldOf = (arrival: Arrival): ToldEvent[] => {
  if (arrival.fate === 'rejected') return [];
  const parsed = parseInbound(JSON.parse(arrival.body), afterwards);
  if (!parsed.ok) throw new Error(`the load holds an event that is none: ${arrival.body}`);
  const event = leadEventOf(parsed.event);
  const { occurredAt, eventId } = event.metadata;
  const identity = `${event.data.leadId} ${occurredAt} ${eventId}`;
  return [{ arrival, identity, event, detail: `${event.type} ${event.source} ${contentOf(event).detail}` }];
};

/** Every event that came in, in each of its spellings. */
export const spellingsIn = once((evidence): readonly ToldEvent[] =>
  [...evidence.arrivals.values()].flatMap(toldOf),
);

/** The events that came in, by what makes them one. More than one of them: they differ in what they say. */
export const toldIn = once((evidence): ReadonlyMap<string, readonly ToldEvent[]> => {
  const told = new Map<string, ToldEvent[]>();
  for (const one of spellingsIn(evidence)) {
    const others = told.get(one.identity) ?? [];
    // Two spellings of one event are one.
    if (!others.some(({ detail }) => detail === one.detail)) others.push(one);
    told.set(one.identity, others);
  }
  return told;
});
