import {
  type CancellationReason,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { getItems, N, type TableProps } from '../dynamodb/index.ts';
import { entrySortKey, leadKey, stateKey } from '../keys/index.ts';
import type { Commit, LeadEvent } from '../lead/index.ts';
import { type EntryContent, storedContent } from './content.ts';
import { type LedgerEntry, parseEntry } from './entry-items.ts';
import { itemsOf } from './items.ts';
import type { Appended, Ledger } from './ledger.ts';
import { readEntries } from './read-entries.ts';
import { parseLead, type StoredLead } from './state-items.ts';

/** The writes of a commit, the state first, then its entries in order. */
export const writesOf = (table: string, commit: Commit): TransactWriteItem[] => {
  const items = itemsOf(commit);
  return [
    {
      Put: {
        TableName: table,
        Item: items.state,
        ...(commit.basedOn.version === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :basedOn',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':basedOn': N(commit.basedOn.version) },
            }),
      },
    },
    ...items.entries.map((Item) => ({
      Put: {
        TableName: table,
        Item,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      },
    })),
  ];
};

/** Codes after which nothing is wrong with the commit itself: somebody else was in the way, or too many were. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * What a cancelled transaction means, by its reasons, in the order of its writes. Only entries answer with what is
 * stored in their place; a state whose condition failed was written by somebody else.
 */
export const readCancellation = (reasons: readonly CancellationReason[]): Appended | undefined => {
  const failed = reasons.filter(({ Code }) => Code === 'ConditionalCheckFailed');
  const present = new Map<string, EntryContent>();
  for (const { Item: stored } of failed) {
    if (stored !== undefined) present.set(stored.sk?.S ?? '', storedContent(stored));
  }
  if (present.size > 0) return { kind: 'present', entries: present };
  const isConflict = failed.length > 0 || reasons.some(({ Code }) => passing.has(Code ?? ''));
  return isConflict ? { kind: 'conflict' } : undefined;
};

export const createDynamoDbLedger = (props: TableProps): Ledger => {
  const { client, table } = props;

  const load = async (leadIds: readonly string[]): Promise<ReadonlyMap<string, StoredLead>> => {
    const items = await getItems(props, leadIds.map(stateKey));
    return new Map(items.map(parseLead).map((lead) => [lead.leadId, lead]));
  };

  const find = async (leadId: string, events: readonly LeadEvent[]) => {
    // A request that names a key twice is refused as a whole.
    const sortKeys = new Set(events.map((event) => entrySortKey(event, leadId)));
    const keys = [...sortKeys].map((sk) => ({ pk: leadKey(leadId), sk }));
    const items = await getItems(props, keys, ['sk', 'type', 'source', 'detail', 'commitment']);
    return new Map(items.map((item) => [item.sk?.S ?? '', storedContent(item)]));
  };

  const append = async (commit: Commit, other?: Commit): Promise<Appended> => {
    const writes = [commit, ...(other === undefined ? [] : [other])].flatMap((one) => writesOf(table, one));
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: writes }));
      return { kind: 'appended', head: itemsOf(commit).head };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const meaning = readCancellation(error.CancellationReasons ?? []);
      if (meaning === undefined) throw error;
      return meaning;
    }
  };

  async function* timeline(leadId: string): AsyncIterable<LedgerEntry> {
    for await (const item of readEntries(props, leadId)) yield parseEntry(item);
  }

  return { load, find, append, timeline };
};
