import { bytes, type Item, type ItemUpdate, type TableProps, text, updateIf } from '../dynamodb/index.ts';
import { commitmentOf, isErased, personalNames } from './chain.ts';
import { readEntries } from './read-entries.ts';

export interface EntriesErased {
  /** Entries that lost what was personal in them; those that had nothing any more don't count. */
  readonly entries: number;
  /** The leads that were merged into this one: their ledgers tell of the same person. */
  readonly mergedLeads: readonly string[];
}

export interface LedgerEraser {
  /**
   * Takes all that is personal out of the entries of a closed lead. Their hashes stay as they are. The entry by which
   * the lead was closed keeps its event, which says nothing but that. Again, it does what is left to do.
   */
  eraseEntries(leadId: string): Promise<EntriesErased>;
}

/** An entry that was judged. Closing entries hold ids and nothing else, and tell how the lead ended. */
export const isPersonalEntry = (item: Item): boolean => !isErased(item) && item.standing !== undefined;

/** The lead that was folded in by an entry, also when that is erased. */
export const mergedLeadIn = (item: Item): string | undefined =>
  item.type?.S === 'LeadsMerged' && (item.standing !== undefined || isErased(item))
    ? item.other?.S
    : undefined;

/** Replaces what is personal in an entry by its commitment, unless that is done already. */
const eraseUpdate = (table: string, item: Item): ItemUpdate => ({
  table,
  key: { pk: text(item, 'pk'), sk: text(item, 'sk') },
  set: { commitment: bytes(commitmentOf(item)) },
  remove: [...personalNames(item), 'salt'],
  condition: 'attribute_exists(#salt)',
});

export const createDynamoDbEraser = ({ client, table }: TableProps): LedgerEraser => {
  const eraseEntries = async (leadId: string): Promise<EntriesErased> => {
    let entries = 0;
    const mergedLeads: string[] = [];
    for await (const item of readEntries({ client, table }, leadId)) {
      const merged = mergedLeadIn(item);
      if (merged !== undefined) mergedLeads.push(merged);
      if (isPersonalEntry(item) && (await updateIf(client, eraseUpdate(table, item)))) entries++;
    }
    return { entries, mergedLeads };
  };

  return { eraseEntries };
};
