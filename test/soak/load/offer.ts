import type { SampleEvent } from '../../../scripts/sample/entry.ts';
import { quarantineIdOf } from '../../../shared/quarantine/index.ts';

/** What must become of an event: it has a ledger entry, or lies in quarantine. */
export type Fate = 'recorded' | 'quarantined';

/** An event that a producer puts on the bus. */
export interface Offer {
  readonly entry: SampleEvent;
  readonly fate: Fate;
  /** Of those that bear one name here exactly one is recorded, whichever comes first; the others are quarantined. */
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
