import type { Item } from '../../shared/dynamodb/index.ts';
import { parseEntry } from '../../shared/ledger/index.ts';
import type { Evidence } from './evidence.ts';
import { memoize } from './memoize.ts';
import { groupLeads, isEntry, type LeadItems, numberOf, parseLeadId } from './reading.ts';

type Parsed = ReturnType<typeof parseEntry>;

/** An entry of a ledger as it was committed, with its item. */
export type CommittedEntry = Parsed & { readonly item: Item };

/** Returns the entries of a lead as they were committed. After an erasure only a history has their contents. */
const listCommitted = ({ history }: Evidence, { leadId, entries }: LeadItems): readonly Item[] => {
  if (history === undefined || !entries.some(({ commitment }) => commitment !== undefined)) return entries;
  return history.writes
    .filter(({ key, before }) => key.sk.startsWith('EVENT#') && before === undefined)
    .flatMap(({ after }) => (after !== undefined && parseLeadId(after) === leadId ? [after] : []))
    .filter(isEntry)
    .sort(
      (a, b) =>
        numberOf(a, 'version') - numberOf(b, 'version') || numberOf(a, 'ordinal') - numberOf(b, 'ordinal'),
    );
};

/** Returns the ledgers of all leads, as they were committed. */
export const committedLedgers = memoize(
  (evidence): ReadonlyMap<string, readonly CommittedEntry[]> =>
    new Map(
      [...groupLeads(evidence).values()].map((lead) => [
        lead.leadId,
        listCommitted(evidence, lead).map((item) => ({ ...parseEntry(item), item })),
      ]),
    ),
);
