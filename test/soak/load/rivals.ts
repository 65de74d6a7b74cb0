import type { SampleEvent } from '../../../scripts/sample/entry.ts';
import { type Offer, saidIn } from './offer.ts';

/** The same id and instant, and something else is said. */
const altered = (entry: SampleEvent): SampleEvent => {
  const { data } = entry.detail;
  const count = Number(data.count ?? 1) + 1;
  return { ...entry, detail: { ...entry.detail, data: { ...data, count } } };
};

export const canHaveRival = ({ entry, fate, contest }: Offer): boolean =>
  entry['detail-type'] === 'LeadActivityRecorded' && fate === 'recorded' && contest === undefined;

/** Two events that claim to be one: whichever comes first is, and the other is quarantined. */
export const rivalsOf = (offer: Offer): readonly [Offer, Offer] => {
  const { metadata, data } = saidIn(offer);
  const contest = `rivals ${data.leadId} ${metadata.eventId}`;
  return [
    { ...offer, contest },
    { ...offer, entry: altered(offer.entry), contest },
  ];
};
