import type { SampleEvent } from '../../../scripts/sample/entry.ts';
import { computeQuarantineId } from '../../../shared/quarantine/index.ts';
import type { Fate } from '../../invariants/evidence.ts';

/** An event that a producer puts on the bus, with its expected fate. */
export interface Offer {
  readonly entry: SampleEvent;
  readonly fate: Fate;
  /**
   * A name that rival events share: exactly one of them is recorded, whichever comes first; the others are quarantined.
   */
  readonly contest?: string;
}

interface OfferDetail {
  readonly metadata: { readonly eventId: string; readonly occurredAt: string };
  readonly data: { readonly leadId: string };
}

export const buildDetail = ({ entry }: Offer): OfferDetail => entry.detail as unknown as OfferDetail;

/** Returns the lead that an event names. */
export const leadOf = (offer: Offer): string => buildDetail(offer).data.leadId;

/** Returns an id of an event's content: an event that was sent twice has the same id wherever it is stored. */
export const computeContentId = ({ source, 'detail-type': type, detail }: SampleEvent): string =>
  computeQuarantineId(JSON.stringify({ source, 'detail-type': type, detail }));
