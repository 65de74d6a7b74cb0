import type { SampleEvent } from '../../../scripts/sample/entry.ts';
import { quarantineIdOf } from '../../../shared/quarantine/index.ts';
import type { Fate } from '../../invariants/evidence.ts';

/** An event that a producer puts on the bus. */
export interface Offer {
  readonly entry: SampleEvent;
  readonly fate: Fate;
  /** Exactly one of the events that share this name is recorded, whichever comes first; the others are quarantined. */
  readonly contest?: string;
}

interface Said {
  readonly metadata: { readonly eventId: string; readonly occurredAt: string };
  readonly data: { readonly leadId: string };
}

export const saidIn = ({ entry }: Offer): Said => entry.detail as unknown as Said;

/** The lead that an event names. */
export const leadOf = (offer: Offer): string => saidIn(offer).data.leadId;

/** Tells contents apart: what was sent twice is one event, and has the same id wherever it lies. */
export const contentIdOf = ({ source, 'detail-type': type, detail }: SampleEvent): string =>
  quarantineIdOf(JSON.stringify({ source, 'detail-type': type, detail }));
