import { parseExpiry, parseInbound, sluiceSource } from '../../events/index.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import { type LeadEvent, toLeadEvent } from '../../shared/lead/index.ts';
import { buildContent } from '../../shared/ledger/index.ts';
import { contentKey, hashContentKey } from './content.ts';
import type { Announcement, Arrival, Evidence } from './evidence.ts';
import { memoize } from './memoize.ts';
import { entriesByIdentity, joinQuarantined, textOf } from './reading.ts';

/** A well-formed event that was sent, with its content in normal form. */
export interface SentEvent {
  readonly arrival: Arrival;
  readonly identity: string;
  readonly event: LeadEvent;
  readonly detail: string;
}

/** A time later than every run: an event that was not ahead of time during it isn't ahead of it either. */
const afterwards = Number.POSITIVE_INFINITY;

const buildSent = (arrival: Arrival, event: LeadEvent): SentEvent => {
  const { occurredAt, eventId } = event.metadata;
  const identity = `${event.data.leadId} ${occurredAt} ${eventId}`;
  const detail = `${event.type} ${event.source} ${buildContent(event).detail}`;
  return { arrival, identity, event, detail };
};

/** Returns the announcement of an expiry that a rule brings to score-leads, as what it is there: an event to record. */
const parseOwn = (announcement: Announcement): SentEvent[] => {
  const event = parseExpiry({ ...announcement, source: sluiceSource });
  if (event === undefined || event.data.followedBy !== 'recycle') return [];
  const body = JSON.stringify({ source: sluiceSource, ...announcement });
  return [buildSent({ body, key: contentKey(body), fate: 'recorded' }, event)];
};

const parseArrival = (arrival: Arrival): SentEvent[] => {
  if (arrival.fate === 'rejected') return [];
  const parsed = parseInbound(JSON.parse(arrival.body), afterwards);
  if (!parsed.ok) throw new Error(`the load holds a malformed event as well-formed: ${arrival.body}`);
  return [buildSent(arrival, toLeadEvent(parsed.event))];
};

/** Returns the well-formed events that were sent, by identity. Several events of one identity differ in content. */
export const groupSent = memoize((evidence): ReadonlyMap<string, readonly SentEvent[]> => {
  const sent = new Map<string, SentEvent[]>();
  const arrived = [...evidence.arrivals.values()].flatMap(parseArrival);
  for (const one of [...arrived, ...evidence.announced.flatMap(parseOwn)]) {
    const others = sent.get(one.identity) ?? [];
    // Two spellings of one event are one.
    if (!others.some(({ detail }) => detail === one.detail)) others.push(one);
    sent.set(one.identity, others);
  }
  return sent;
});

/** Returns the ledger entry of an event. */
export const findEntry = (evidence: Evidence, { identity }: SentEvent): Item | undefined =>
  entriesByIdentity(evidence).get(identity)?.[0];

/** Whether the content of an entry was erased. It is unknown then which of several contents the entry had. */
export const isErased = (entry: Item | undefined): boolean => entry?.commitment !== undefined;

/** Whether the ledger has the event with exactly this content. */
export const isRecorded = (evidence: Evidence, sent: SentEvent): boolean => {
  const entry = findEntry(evidence, sent);
  if (entry === undefined || isErased(entry)) return false;
  return sent.detail === `${textOf(entry, 'type')} ${textOf(entry, 'source')} ${textOf(entry, 'detail')}`;
};

export const isQuarantined = (evidence: Evidence, { key }: Arrival): boolean =>
  joinQuarantined(evidence).has(hashContentKey(key));
