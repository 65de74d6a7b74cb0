import type { AcceptedEvent, ExpiryEvent, OwnEvent } from '../../events/index.ts';
import type { Facts } from '../scoring/index.ts';
import { type SignalEvent, toSignal } from './signal.ts';

type Accepted<Type extends AcceptedEvent['type']> = Extract<AcceptedEvent, { type: Type }>;

/** The merge of another lead into this one, with the facts of that lead at that time; without facts if it had none. */
export type Merging = Accepted<'LeadsMerged'> & { readonly merged?: Facts };

type Rescoring = Accepted<'LeadRescoreRequested'>;
type ErasureRequest = Accepted<'LeadErasureRequested'>;

/** Time has come for the lead. It contains no fact about it. */
export type ClockAdvance = Extract<OwnEvent, { type: 'LeadClockAdvanced' }>;

/**
 * An event after which a lead is judged. It may change the facts, or, if it is a rescoring, only the model, or, if time
 * has come, only the instant.
 */
export type JudgedEvent = SignalEvent | Merging | Rescoring | ClockAdvance | ExpiryEvent;

/** Any event that can have an entry in a ledger. */
export type LeadEvent = JudgedEvent | ErasureRequest;

/** Returns whether an event is history that was loaded afterwards. */
export const isBackfill = ({ metadata }: LeadEvent): boolean => metadata.backfill === true;

/**
 * Returns an accepted event as it is recorded. Answers have the measure of their wording in place of the words. Entries
 * of merges and erasures outlive an erasure, so the correlation and causation ids, which a producer chose, are left
 * out.
 */
export const toLeadEvent = (event: AcceptedEvent): LeadEvent => {
  const signal = toSignal(event);
  if (signal !== undefined) return signal;
  const { eventId, occurredAt, schemaVersion, backfill } = event.metadata;
  const metadata = { eventId, occurredAt, schemaVersion, ...(backfill && { backfill }) };
  return { ...event, metadata } as LeadEvent;
};
