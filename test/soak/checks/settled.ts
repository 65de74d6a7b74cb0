import { isErased } from '../../../shared/ledger/index.ts';
import type { SentEvent } from '../producer/sent-events.ts';
import { detailOf } from './accepted.ts';
import { entriesByEvent, keyOfEvent } from './event-keys.ts';
import type { Stored } from './stored.ts';

/** Where an event has ended. */
export interface Settled {
  readonly event: SentEvent;
  readonly isRecorded: boolean;
  readonly isQuarantined: boolean;
  /** Of what was erased nobody can tell which of two rivals it was. */
  readonly isErased: boolean;
}

/** Where each event has ended, by its content. */
export const settle = (stored: Stored, sent: readonly SentEvent[]): readonly Settled[] => {
  const entries = entriesByEvent(stored);
  const quarantined = new Set(stored.quarantined.map(({ id }) => id));
  return sent.map((event) => {
    const { offer, contentId } = event;
    const [entry] = offer.fate === 'recorded' ? (entries.get(keyOfEvent(offer)) ?? []) : [];
    const wasErased = entry !== undefined && isErased(entry);
    const isRecorded = entry !== undefined && (wasErased || entry.detail?.S === detailOf(offer));
    return { event, isRecorded, isErased: wasErased, isQuarantined: quarantined.has(contentId) };
  });
};
