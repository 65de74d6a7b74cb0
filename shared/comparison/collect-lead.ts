import type { LeadEvent } from '../lead/index.ts';
import type { Facts } from '../scoring/index.ts';
import type { LeadEnd } from './compare-end.ts';
import { foldEvents } from './fold-events.ts';

type Outcome = LeadEnd['outcome'];

/** A lead as of an instant, as its events have it. */
type CollectedLead =
  | { readonly kind: 'open'; readonly facts: Facts; readonly end: LeadEnd | undefined }
  | { readonly kind: 'erased' }
  /** Nothing had happened by then. */
  | { readonly kind: 'unknown' };

/** Returns how an event ends the deal of a lead, if it does. Whom the CRM calls a customer has been won. */
const findOutcome = (event: LeadEvent): Outcome | undefined => {
  if (event.type === 'LeadStageChanged') return event.data.stage === 'customer' ? 'won' : undefined;
  if (event.type !== 'LeadOutcomeRecorded') return undefined;
  const { outcome } = event.data;
  return outcome === 'won' || outcome === 'lost' ? outcome : undefined;
};

interface First {
  readonly outcome: Outcome;
  readonly occurredAt: string;
}

/** Finds the first end; of one instant, the win, as facts have it. */
const findFirst = (events: readonly LeadEvent[]): First | undefined => {
  let first: First | undefined;
  for (const event of events) {
    const outcome = findOutcome(event);
    if (outcome === undefined) continue;
    const { occurredAt } = event.metadata;
    if (
      first === undefined ||
      occurredAt < first.occurredAt ||
      (occurredAt === first.occurredAt && outcome === 'won')
    )
      first = { outcome, occurredAt };
  }
  return first;
};

/**
 * Finds the first end of a lead, with the facts from what had happened before. That two records are of one lead was true
 * before they were merged, so the events of both count.
 */
export const findEnd = (events: readonly LeadEvent[]): LeadEnd | undefined => {
  const first = findFirst(events);
  if (first === undefined) return undefined;
  const { outcome, occurredAt } = first;
  const before = events.filter(
    ({ type, metadata }) => type === 'LeadsMerged' || metadata.occurredAt < occurredAt,
  );
  const isKnown = before.some(({ type }) => type !== 'LeadsMerged');
  return {
    outcome,
    at: Date.parse(occurredAt),
    facts: isKnown ? foldEvents(before) : undefined,
  };
};

/**
 * Collects what the events of a lead say of it as of an instant; later events don't count. A lead that was erased is
 * erased, whenever that was.
 *
 * @param events all events of the lead, and of the leads that are one with it by merges
 * @param at milliseconds since 1970
 */
export const collectLead = (events: readonly LeadEvent[], at: number): CollectedLead => {
  if (events.some(({ type }) => type === 'LeadErasureRequested')) return { kind: 'erased' };
  const until = new Date(at).toISOString();
  const past = events.filter(({ metadata }) => metadata.occurredAt <= until);
  if (past.length === 0) return { kind: 'unknown' };
  return { kind: 'open', facts: foldEvents(past), end: findEnd(past) };
};
