import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { number } from '../../shared/dynamodb/index.ts';
import { isClosed, type LeadEvent } from '../../shared/lead/index.ts';
import {
  type LedgerEntry,
  parseEntry,
  parseLead,
  readLead,
  type StoredLedger,
} from '../../shared/ledger/index.ts';

/** The events of a lead by its ledger and those of merged leads; or why nothing is learnt from it. */
export type LedgerRead = { readonly events: readonly LeadEvent[] } | 'erased' | 'merged into another';

export interface Table {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** Returns whether a commit came between two reads of a scan: each commit has one entry with the ordinal 0. */
const isTorn = ({ state, entries }: StoredLedger): boolean =>
  state !== undefined &&
  number(state, 'version') !== entries.filter((entry) => number(entry, 'ordinal') === 0).length;

/** Returns the leads that merges in a ledger name: after a chain of merges, the event may name an earlier one. */
const listOthers = (entries: readonly LedgerEntry[]): string[] =>
  entries.flatMap(({ other }) => (other === undefined ? [] : [other]));

/**
 * Returns the events of a lead and of all leads that were merged into it; undefined if any of it is erased. An erasure
 * may happen meanwhile.
 */
const readUnited = async (
  { client, table }: Table,
  given: StoredLedger,
  united: Set<string>,
): Promise<LeadEvent[] | undefined> => {
  united.add(given.leadId);
  const entries = given.entries.map(parseEntry);
  const all = entries.flatMap((entry) => (entry.kind === 'erased' ? [] : [entry.event]));
  if (all.length < entries.length) return undefined;
  for (const other of listOthers(entries)) {
    if (united.has(other)) continue;
    const merged = await readLead(client, table, other);
    const others = await readUnited({ client, table }, merged, united);
    if (others === undefined) return undefined;
    all.push(...others);
  }
  return all;
};

/**
 * Reads everything that happened to a lead, as it was at one moment, even while events arrive.
 *
 * @param walked the lead as a scan has read it
 */
export const readLeadEvents = async (table: Table, walked: StoredLedger): Promise<LedgerRead> => {
  const { client, table: name } = table;
  const found = isTorn(walked) ? await readLead(client, name, walked.leadId) : walked;
  const state = found.state && parseLead(found.state);
  if (state !== undefined && isClosed(state)) {
    return state.status === 'erased' ? 'erased' : 'merged into another';
  }
  const events = await readUnited(table, found, new Set());
  return events === undefined ? 'erased' : { events };
};
