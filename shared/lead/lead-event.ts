import type { AcceptedEvent } from '../../events/index.ts';
import type { Facts } from '../scoring/index.ts';
import { type SignalEvent, toSignal } from './signal.ts';

type Accepted<Type extends AcceptedEvent['type']> = Extract<AcceptedEvent, { type: Type }>;

/** The merge of another lead into this one, with the facts of that lead at that time; without facts if it had none. */
export type Merging = Accepted<'LeadsMerged'> & { readonly merged?: Facts };

type Rescoring = Accepted<'LeadRescoreRequested'>;
type ErasureRequest = Accepted<'LeadErasureRequested'>;

/** An event after which a lead is judged. It may change the facts, or, if it is a rescoring, only the model. */
export type JudgedEvent = SignalEvent | Merging | Rescoring;

/** Any event that can have an entry in a ledger. */
export type LeadEvent = JudgedEvent | ErasureRequest;

/**
 * Returns an accepted event as it is recorded. Answers have the measure of their wording in place of the words. Entries
 * of merges and erasures outlive an erasure, so the correlation and causation ids, which a producer chose, are left
 * out.
 */
export const toLeadEvent = (event: AcceptedEvent): LeadEvent => {
  const signal = toSignal(event);
  if (signal !== undefined) return signal;
  const { eventId, occurredAt, schemaVersion } = event.metadata;
  return { ...event, metadata: { eventId, occurredAt, schemaVersion } } as LeadEvent;
};
