import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Key } from '../keys/index.ts';
import { fullJitter, type Wait, wait } from '../retry/index.ts';
import { type Item, S } from './attributes.ts';
import { buildProjection } from './projection.ts';

export interface TableProps {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** @default a timer */
  readonly wait?: Wait;
}

/** The most keys of one BatchGetItem. */
const mostKeys = 100;
const mostReads = 8;

class UnprocessedKeysError extends Error {
  readonly code = 'UNPROCESSED_KEYS';
  constructor(left: number) {
    super(`${left} keys were still unprocessed after ${mostReads} reads: the table is throttled`);
    this.name = 'UnprocessedKeysError';
  }
}

/**
 * Reads items by key, consistently, in as many requests as necessary. Items that don't exist are left out, and the
 * order is any.
 *
 * @example const [item] = await getItems({ client, table }, [stateKey(leadId)]);
 * @param attributes the attributes to read; all of them if left out
 * @throws UnprocessedKeysError if the table is throttled
 */
export const getItems = async (
  { client, table, wait: pause = wait }: TableProps,
  keys: readonly Key[],
  attributes?: readonly string[],
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
              ...(attributes !== undefined && buildProjection(attributes)),
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
