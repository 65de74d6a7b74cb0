import type { GivenEvent } from '../../events/api/index.ts';
import {
  type BusEvent,
  isEventId,
  isObject,
  isOwnSource,
  type Problem,
  parseInbound,
  type Rejection,
  showValue,
} from '../../events/index.ts';
import { parseEvent } from '../../shared/entries/index.ts';

/** The judgement of one event of a request. */
export type Judged =
  | { readonly kind: 'accepted'; readonly eventId: string; readonly event: BusEvent }
  | { readonly kind: 'refused'; readonly eventId: string | undefined; readonly rejection: Rejection };

/**
 * Types that need rights of their own, with the way to them: the right to put events is no right to erase. Nobody but a
 * webhook or a partner bus says who a lead is, since only these link identifiers.
 */
const ownWays: ReadonlyMap<unknown, string> = new Map([
  ['LeadErasureRequested', 'DELETE /api/leads/{id}'],
  ['LeadsMerged', 'POST /api/leads/{id}/merge'],
  ['LeadRescoreRequested', 'the command sluice rescore'],
  ['LeadIdentified', 'POST /hooks/{source}'],
  ['LeadOverridden', 'POST /api/leads/{id}/override'],
  ['LeadOverrideLifted', 'DELETE /api/leads/{id}/override'],
]);

const reject = (code: Rejection['code'], problem: Problem): Rejection => ({ code, problems: [problem] });

/** Finds what the API doesn't take though the bus would. */
const findReserved = ({ source, 'detail-type': type }: Record<string, unknown>): Rejection | undefined => {
  if (isOwnSource(source)) {
    const allowed =
      'any source but "sluice" and those that begin with "sluice.": they are reserved for Sluice';
    return reject('malformed', { path: 'source', given: showValue(source), allowed });
  }
  const way = ownWays.get(type);
  if (way === undefined) return undefined;
  const allowed = `another type: for this one there is ${way}`;
  return reject('reserved-type', { path: 'detail-type', given: showValue(type), allowed });
};

/** Returns the id of an event that may be anything. */
const readEventId = (event: unknown): string | undefined => {
  if (!isObject(event) || !isObject(event.detail) || !isObject(event.detail.metadata)) return undefined;
  const { eventId } = event.detail.metadata;
  return isEventId(eventId) ? eventId : undefined;
};

/**
 * Judges an event as every door does, and as it would be judged before it is scored, so that no event is put on the bus
 * only to be quarantined.
 *
 * @param now the clock, in milliseconds since 1970
 */
export const judgeEvent = (given: GivenEvent, now: number): Judged => {
  if ('problem' in given)
    return { kind: 'refused', eventId: undefined, rejection: reject('not-json', given.problem) };
  const refuse = (rejection: Rejection, event: unknown): Judged => ({
    kind: 'refused',
    eventId: readEventId(event),
    rejection,
  });
  const entry = parseEvent(given.event, now);
  if (entry.kind === 'rejected') return refuse(entry.rejection, given.event);
  const reserved = findReserved(entry.event);
  if (reserved !== undefined) return refuse(reserved, entry.event);
  const parsed = parseInbound(entry.event, now);
  if (!parsed.ok) return refuse(parsed.rejection, entry.event);
  // Without a time of its own an event has that of its arrival, as by any door.
  const time = (entry.entry.Time ?? new Date(now)).toISOString();
  return {
    kind: 'accepted',
    eventId: parsed.event.metadata.eventId,
    event: { ...(entry.event as unknown as BusEvent), time },
  };
};
