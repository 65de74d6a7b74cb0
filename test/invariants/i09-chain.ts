import type { Item } from '../../shared/dynamodb/index.ts';
import { hashOf } from '../../shared/ledger/index.ts';
import type { Invariant } from './evidence.ts';
import { type LeadItems, leadsIn, textOf } from './reading.ts';

const bytesOf = (item: Item | undefined, name: string): string => {
  const bytes = item?.[name]?.B;
  return bytes === undefined ? '' : Buffer.from(bytes).toString('base64');
};

/** Follows the chain of a lead from its first entry to the head in its state. */
const findBroken = ({ leadId, entries, state }: LeadItems): string[] => {
  let before = '';
  for (const entry of entries) {
    if (bytesOf(entry, 'prev') !== before)
      return [`${leadId}: ${textOf(entry, 'sk')} is chained to something else`];
    before = hashOf(entry);
  }
  return bytesOf(state, 'head') === before
    ? []
    : [`${leadId}: the state has another head than the last entry`];
};

export const chainHolds: Invariant = {
  id: 'I9',
  says: "the hash chain of a lead's ledger verifies, from its first entry to the head that the state holds",
  check: (evidence) => [...leadsIn(evidence).values()].flatMap(findBroken),
};
