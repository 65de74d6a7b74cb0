import type { Item } from '../../../shared/dynamodb/index.ts';
import { isErased } from '../../../shared/ledger/index.ts';
import type { Offer } from '../load/offer.ts';
import type { SentEvent } from '../producer/sent-events.ts';
import { detailOf } from './accepted.ts';
import { entriesByEvent, keyOfEvent } from './event-keys.ts';
import type { Finding } from './finding.ts';
import type { Stored } from './stored.ts';

const says = (entry: Item, offer: Offer): boolean => isErased(entry) || entry.detail?.S === detailOf(offer);

/** The events that claim one key: one, or two rivals. */
const checkKey = (key: string, claims: readonly SentEvent[], entries: readonly Item[]): Finding[] => {
  const [first] = entries;
  if (first === undefined || entries.length > 1) {
    const sentence = `has ${entries.length} ledger entries, not one`;
    return [{ invariant: first === undefined ? 'I5' : 'I1', about: key, sentence }];
  }
  return claims.some(({ offer }) => says(first, offer))
    ? []
    : [{ invariant: 'I1', about: key, sentence: 'its ledger entry says something else than was sent' }];
};

/** Two merges in a circle have two keys: one of them has no entry. */
const isRefusable = ({ offer }: SentEvent): boolean =>
  offer.contest !== undefined && offer.entry['detail-type'] === 'LeadsMerged';

/** I1 and the half of I5: every event that is fit to be recorded has one ledger entry, and says there what was sent. */
export const checkRecordedOnce = (stored: Stored, sent: readonly SentEvent[]): Finding[] => {
  const entries = entriesByEvent(stored);
  const fit = sent.filter(({ offer }) => offer.fate === 'recorded');
  const claims = Map.groupBy(fit, ({ offer }) => keyOfEvent(offer));
  const findings = [...claims].flatMap(([key, events]) => {
    const found = entries.get(key) ?? [];
    return found.length === 0 && events.some(isRefusable) ? [] : checkKey(key, events, found);
  });
  const strangers = [...entries.keys()].filter((key) => !claims.has(key));
  const sentence = 'has a ledger entry, and nobody sent it';
  return [...findings, ...strangers.map((about) => ({ invariant: 'I1', about, sentence }))];
};
