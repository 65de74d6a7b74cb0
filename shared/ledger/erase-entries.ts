import {
  bytes,
  getItems,
  type Item,
  type ItemUpdate,
  type TableProps,
  text,
  updateIf,
} from '../dynamodb/index.ts';
import { stateKey } from '../keys/index.ts';
import { computeCommitment, isErased, personalNames } from './chain.ts';
import { endsErased, type StoredStatus } from './ends-erased.ts';
import { readEntries } from './read-entries.ts';

interface EntriesErased {
  /**
   * The number of entries from which personal attributes were removed now. Entries that were erased before don't count.
   */
  readonly entries: number;
  /** The leads that were merged into this one: their ledgers are about the same person. */
  readonly mergedLeads: readonly string[];
}

export interface LedgerEraser {
  /** Returns whether a lead is erased, or merged, directly or not, into one that is. */
  isErased(leadId: string): Promise<boolean>;
  /**
   * Removes everything personal from the entries of a closed lead. Their hashes stay as they are. The entry that closed
   * the lead retains its event, which contains only the ids of leads. A second call erases what the first one left.
   */
  eraseEntries(leadId: string): Promise<EntriesErased>;
}

/**
 * Returns whether an entry contains something personal, as every judged one does. A closing entry contains ids, and how
 * the lead ended.
 */
export const isPersonalEntry = (item: Item): boolean => !isErased(item) && item.standing !== undefined;

/** Returns the id of the lead that an entry merged into its own, even if the entry is erased. */
export const findMergedLead = (item: Item): string | undefined =>
  item.type?.S === 'LeadsMerged' && (item.standing !== undefined || isErased(item))
    ? item.other?.S
    : undefined;

/** Replaces the personal attributes of an entry by its commitment, unless that was done before. */
const eraseUpdate = (table: string, item: Item): ItemUpdate => ({
  table,
  key: { pk: text(item, 'pk'), sk: text(item, 'sk') },
  set: { commitment: bytes(computeCommitment(item)) },
  remove: [...personalNames(item), 'salt'],
  condition: 'attribute_exists(#salt)',
});

/** Creates the eraser. Of a state it reads nothing but its status, as its rights are limited to that. */
export const createDynamoDbEraser = ({ client, table }: TableProps): LedgerEraser => {
  const readStatus = async (leadId: string): Promise<StoredStatus | undefined> => {
    const [item] = await getItems({ client, table }, [stateKey(leadId)], ['status', 'mergedInto']);
    return (
      item && {
        status: text(item, 'status'),
        ...(item.mergedInto !== undefined && { mergedInto: text(item, 'mergedInto') }),
      }
    );
  };

  const eraseEntries = async (leadId: string): Promise<EntriesErased> => {
    let entries = 0;
    const mergedLeads: string[] = [];
    for await (const item of readEntries({ client, table }, leadId)) {
      const merged = findMergedLead(item);
      if (merged !== undefined) mergedLeads.push(merged);
      if (isPersonalEntry(item) && (await updateIf(client, eraseUpdate(table, item)))) entries++;
    }
    return { entries, mergedLeads };
  };

  return { isErased: (leadId) => endsErased(readStatus, leadId), eraseEntries };
};
