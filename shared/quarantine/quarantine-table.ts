import {
  type DynamoDBClient,
  paginateQuery,
  TransactionCanceledException,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import { type Item, S, transact } from '../dynamodb/index.ts';
import { fullJitter, wait } from '../retry/index.ts';

/** Where quarantined events are. */
export interface Place {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** All items of a quarantined event, in the order of their keys. */
export const readPartition = async ({ client, table }: Place, id: string): Promise<Item[]> => {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': S(id) },
    },
  );
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
};

const isConflict = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict');

/** The SDK does not try a cancelled transaction again, though somebody else may only have been at work on an item. */
const mostAttempts = 5;

/** Writes all or nothing. False where a condition did not hold. */
export const writeTogether = async (
  client: DynamoDBClient,
  writes: readonly TransactWriteItem[],
  attempt = 1,
): Promise<boolean> => {
  try {
    return (await transact(client, writes)).length === 0;
  } catch (error) {
    if (!isConflict(error) || attempt >= mostAttempts) throw error;
  }
  await wait(fullJitter(attempt));
  return writeTogether(client, writes, attempt + 1);
};
