import { text } from '../../../shared/dynamodb/index.ts';
import { handoffIdOf } from '../../../shared/keys/index.ts';
import { leadOf, type Offer } from '../load/offer.ts';
import type { Finding } from './finding.ts';
import type { Settled } from './settled.ts';
import { endOf, type Stored, stateOf } from './stored.ts';

const isVerdict = ({ entry }: Offer): boolean =>
  entry['detail-type'] === 'HandoffAccepted' || entry['detail-type'] === 'HandoffRejected';

const isNoted = ({ leads }: Stored, offer: Offer): boolean => {
  const { handoffId } = offer.entry.detail.data;
  const noted = leads
    .get(leadOf(offer))
    ?.handoffs.find((item) => handoffIdOf(text(item, 'sk')) === handoffId);
  return noted?.status?.S === 'accepted' || noted?.status?.S === 'rejected';
};

const isOfErased = (stored: Stored, offer: Offer): boolean => {
  const end = endOf(stored, leadOf(offer));
  return end !== undefined && stateOf(end)?.status === 'erased';
};

/** I5 on the second way that an event takes: each verdict of sales is noted on its hand-off, unless the lead is erased. */
export const checkVerdicts = (stored: Stored, settled: readonly Settled[]): Finding[] =>
  settled
    .map(({ event }) => event.offer)
    .filter((offer) => offer.fate === 'recorded' && isVerdict(offer))
    .filter((offer) => !isNoted(stored, offer) && !isOfErased(stored, offer))
    .map((offer) => ({
      invariant: 'I5',
      about: leadOf(offer),
      sentence: 'a verdict of sales is not noted on its hand-off',
    }));
