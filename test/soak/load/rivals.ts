import type { SampleEvent } from '../../../scripts/sample/entry.ts';
import { buildDetail, type Offer } from './offer.ts';

/** Returns an event with the same id and instant but different data. */
const altered = (entry: SampleEvent): SampleEvent => {
  const { data } = entry.detail;
  const count = Number(data.count ?? 1) + 1;
  return { ...entry, detail: { ...entry.detail, data: { ...data, count } } };
};

export const canHaveRival = ({ entry, fate, contest }: Offer): boolean =>
  entry['detail-type'] === 'LeadActivityRecorded' && fate === 'recorded' && contest === undefined;

/** Returns two events with one id and instant: whichever comes first is recorded, and the other is quarantined. */
export const buildRivals = (offer: Offer): readonly [Offer, Offer] => {
  const { metadata, data } = buildDetail(offer);
  const contest = `rivals ${data.leadId} ${metadata.eventId}`;
  return [
    { ...offer, contest },
    { ...offer, entry: altered(offer.entry), contest },
  ];
};
