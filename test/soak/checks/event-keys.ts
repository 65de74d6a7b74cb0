import { type Item, text } from '../../../shared/dynamodb/index.ts';
import { parseLeadKey } from '../../../shared/keys/index.ts';
import { isSecondEntry } from '../../../shared/ledger/index.ts';
import { type Offer, saidIn } from '../load/offer.ts';
import type { Stored } from './stored.ts';

// An event is known by the lead that it names, its instant and its id. Where its ledger entry stands, and under which
// sort key, depends on what that lead was merged into meanwhile.

export const keyOfEvent = (offer: Offer): string => {
  const { metadata, data } = saidIn(offer);
  return `${data.leadId} EVENT#${new Date(metadata.occurredAt).toISOString()}#${metadata.eventId}`;
};

const keyOfEntry = (item: Item): string => {
  const [sk, said] = text(item, 'sk').split(' ');
  return `${said ?? parseLeadKey(text(item, 'pk'))} ${sk}`;
};

/** The entries of each event, those apart by which a merge closes the merged lead. */
export const entriesByEvent = ({ leads }: Stored): ReadonlyMap<string, readonly Item[]> =>
  Map.groupBy(
    [...leads.values()].flatMap(({ entries }) => entries.filter((item) => !isSecondEntry(item))),
    keyOfEntry,
  );
