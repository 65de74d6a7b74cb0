import type { Item } from '../../shared/dynamodb/index.ts';
import { hashItem } from '../../shared/ledger/index.ts';
import type { Invariant } from './evidence.ts';
import { groupLeads, type LeadItems, textOf } from './reading.ts';

const encodeBytes = (item: Item | undefined, name: string): string => {
  const bytes = item?.[name]?.B;
  return bytes === undefined ? '' : Buffer.from(bytes).toString('base64');
};

/** Follows the chain of a lead from its first entry to the head in its state. */
const findBroken = ({ leadId, entries, state }: LeadItems): string[] => {
  let before = '';
  for (const entry of entries) {
    if (encodeBytes(entry, 'prev') !== before)
      return [`${leadId}: ${textOf(entry, 'sk')} is chained to something else`];
    before = hashItem(entry);
  }
  return encodeBytes(state, 'head') === before
    ? []
    : [`${leadId}: the state has another head than the last entry`];
};

export const chainHolds: Invariant = {
  id: 'I9',
  rule: "the hash chain of a lead's ledger verifies, from its first entry to the head that the state holds",
  check: (evidence) => [...groupLeads(evidence).values()].flatMap(findBroken),
};
