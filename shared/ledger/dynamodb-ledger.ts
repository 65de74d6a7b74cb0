import {
  type CancellationReason,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { buildInsert, getItems, N, type TableProps, updateIf } from '../dynamodb/index.ts';
import { entrySortKey, leadKey, stateKey } from '../keys/index.ts';
import type { LeadEvent } from '../lead/index.ts';
import { type EntryContent, storedContent } from './content.ts';
import { type LedgerEntry, parseEntry } from './entry-items.ts';
import type { Appended, Ledger } from './ledger.ts';
import type { PreparedCommit } from './prepare-commit.ts';
import { readEntries } from './read-entries.ts';
import { dueAttributes, parseLead, type StoredLead } from './state-items.ts';

/** Returns the writes of a commit: the state first, then its entries in order. */
export const buildWrites = (table: string, { commit, items }: PreparedCommit): TransactWriteItem[] => [
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
  ...items.entries.map((item) => ({
    Put: { ...buildInsert(table, item), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const },
  })),
];

/** The codes of temporary causes, which aren't faults of the commit: another writer, or too many requests. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Interprets the reasons of a cancelled transaction. Only entries return the stored item; if the condition of a state
 * failed, another writer wrote it.
 *
 * @param reasons in the order of the transaction's writes
 * @returns undefined if a retry can't help
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
    // DynamoDB refuses a request that contains a key twice.
    const sortKeys = new Set(events.map((event) => entrySortKey(event, leadId)));
    const keys = [...sortKeys].map((sk) => ({ pk: leadKey(leadId), sk }));
    const items = await getItems(props, keys, ['sk', 'type', 'source', 'detail', 'commitment']);
    return new Map(items.map((item) => [item.sk?.S ?? '', storedContent(item)]));
  };

  const append = async (prepared: PreparedCommit, other?: PreparedCommit): Promise<Appended> => {
    const commits = other === undefined ? [prepared] : [prepared, other];
    const TransactItems = commits.flatMap((commit) => buildWrites(table, commit));
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems }));
      return { kind: 'appended', head: prepared.head };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const meaning = readCancellation(error.CancellationReasons ?? []);
      if (meaning === undefined) throw error;
      return meaning;
    }
  };

  const rearm: Ledger['rearm'] = ({ leadId, version }, dueAt, now) => {
    const key = stateKey(leadId);
    return updateIf(client, {
      table,
      key,
      set: dueAttributes(key.pk, { dueAt }, now),
      ...(dueAt === undefined && { remove: ['dueAt', 'dueKey'] }),
      values: { version: N(version) },
      condition: '#version = :version',
    });
  };

  async function* timeline(leadId: string): AsyncIterable<LedgerEntry> {
    for await (const item of readEntries(props, leadId)) yield parseEntry(item);
  }

  return { load, find, append, rearm, timeline };
};
