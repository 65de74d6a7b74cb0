import {
  BatchGetItemCommand,
  type CancellationReason,
  type DynamoDBClient,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Commit, LeadState, SignalEvent } from '../lead/index.ts';
import { type Item, N, S } from './attributes.ts';
import {
  type EntryContent,
  itemsOf,
  type LedgerEntry,
  parseEntry,
  parseState,
  storedContent,
} from './items.ts';
import { entryRange, entrySortKey, type Key, leadKey, stateKey } from './keys.ts';
import type { Appended, Ledger } from './ledger.ts';
import { fullJitter, type Wait, wait } from './wait.ts';

export interface LedgerProps {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** @default a timer */
  readonly wait?: Wait;
}

/** BatchGetItem takes this many keys. */
const mostKeys = 100;
const mostReads = 8;

export class UnprocessedKeysError extends Error {
  readonly code = 'UNPROCESSED_KEYS';
  constructor(left: number) {
    super(`${left} keys were still unprocessed after ${mostReads} reads: the table is throttled`);
    this.name = 'UnprocessedKeysError';
  }
}

/** Reads items by key, consistently, in as many requests as it takes. */
const getItems = async (
  { client, table, wait: pause = wait }: LedgerProps,
  keys: readonly Key[],
  projection?: string,
): Promise<Item[]> => {
  const items: Item[] = [];
  let left: Item[] = keys.map(({ pk, sk }) => ({ pk: S(pk), sk: S(sk) }));
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt >= mostReads) throw new UnprocessedKeysError(left.length);
    if (attempt > 0) await pause(fullJitter(attempt));
    const unprocessed: Item[] = [];
    for (let i = 0; i < left.length; i += mostKeys) {
      const answer = await client.send(
        new BatchGetItemCommand({
          RequestItems: {
            [table]: {
              Keys: left.slice(i, i + mostKeys),
              ConsistentRead: true,
              ...(projection !== undefined && {
                ProjectionExpression: projection,
                ExpressionAttributeNames: { '#type': 'type', '#source': 'source' },
              }),
            },
          },
        }),
      );
      items.push(...(answer.Responses?.[table] ?? []));
      unprocessed.push(...(answer.UnprocessedKeys?.[table]?.Keys ?? []));
    }
    left = unprocessed;
  }
  return items;
};

/** The writes of a commit, the state first, then its entries in order. */
export const writesOf = (table: string, commit: Commit): TransactWriteItem[] => {
  const items = itemsOf(commit);
  return [
    {
      Put: {
        TableName: table,
        Item: items.state,
        ...(commit.basedOn === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :basedOn',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':basedOn': N(commit.basedOn) },
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

/** What a cancelled transaction means, by its reasons: the state's first, then the entries' in order. */
export const readCancellation = (reasons: readonly CancellationReason[]): Appended | undefined => {
  const [state, ...entries] = reasons;
  const present = new Map<string, EntryContent>();
  for (const { Code, Item: stored } of entries) {
    if (Code === 'ConditionalCheckFailed' && stored !== undefined) {
      present.set(stored.sk?.S ?? '', storedContent(stored));
    }
  }
  if (present.size > 0) return { kind: 'present', entries: present };
  const isConflict =
    state?.Code === 'ConditionalCheckFailed' || reasons.some(({ Code }) => passing.has(Code ?? ''));
  return isConflict ? { kind: 'conflict' } : undefined;
};

export const createDynamoDbLedger = (props: LedgerProps): Ledger => {
  const { client, table } = props;

  const load = async (leadIds: readonly string[]): Promise<ReadonlyMap<string, LeadState>> => {
    const items = await getItems(props, leadIds.map(stateKey));
    return new Map(items.map(parseState).map((state) => [state.leadId, state]));
  };

  const find = async (leadId: string, events: readonly SignalEvent[]) => {
    const keys = events.map((event) => ({ pk: leadKey(leadId), sk: entrySortKey(event) }));
    const items = await getItems(props, keys, 'sk, #type, #source, detail');
    return new Map(items.map((item) => [item.sk?.S ?? '', storedContent(item)]));
  };

  const append = async (commit: Commit): Promise<Appended> => {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: writesOf(table, commit) }));
      return { kind: 'appended' };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const meaning = readCancellation(error.CancellationReasons ?? []);
      if (meaning === undefined) throw error;
      return meaning;
    }
  };

  async function* timeline(leadId: string): AsyncIterable<LedgerEntry> {
    let next: Item | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: {
            ':pk': S(leadKey(leadId)),
            ':from': S(entryRange.from),
            ':to': S(entryRange.to),
          },
          ...(next !== undefined && { ExclusiveStartKey: next }),
        }),
      );
      yield* (page.Items ?? []).map(parseEntry);
      next = page.LastEvaluatedKey;
    } while (next !== undefined);
  }

  return { load, find, append, timeline };
};
