import type { AcceptedEvent } from '../../events/index.ts';
import type { Facts } from '../scoring/index.ts';
import { type SignalEvent, signalOf } from './signal.ts';

type Accepted<Type extends AcceptedEvent['type']> = Extract<AcceptedEvent, { type: Type }>;

/** Another lead is folded into this one, with what was known of it then; nothing, if there was nothing to take over. */
export type Merging = Accepted<'LeadsMerged'> & { readonly merged?: Facts };

export type Rescoring = Accepted<'LeadRescoreRequested'>;
export type ErasureRequest = Accepted<'LeadErasureRequested'>;

/** An event after which a lead is judged: it may change the facts, or, as a rescoring, only who judges them. */
export type JudgedEvent = SignalEvent | Merging | Rescoring;

/** Any event that a ledger has an entry of. */
export type LeadEvent = JudgedEvent | ErasureRequest;

/**
 * Returns an accepted event as it is recorded: of answers, the measure of their wording in place of the words. Entries of
 * merges and erasures outlive an erasure, so their correlation and causation ids, which somebody chose, are left out.
 */
export const leadEventOf = (event: AcceptedEvent): LeadEvent => {
  const signal = signalOf(event);
  if (signal !== undefined) return signal;
  const { eventId, occurredAt, schemaVersion } = event.metadata;
  return { ...event, metadata: { eventId, occurredAt, schemaVersion } } as LeadEvent;
};
