import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  paginateQuery,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { type Item, S } from '../attributes.ts';
import { fullJitter, wait } from '../wait.ts';

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

const failedCondition = 'ConditionalCheckFailed';

/** False where the condition of a write did not hold. */
export const whenConditionHolds = async (writing: Promise<unknown>): Promise<boolean> => {
  try {
    await writing;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

const codesOf = (error: unknown): (string | undefined)[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code }) => Code)
    : [];

/** The SDK does not try a cancelled transaction again, though somebody else may only have been at work on an item. */
const mostAttempts = 5;

/** Writes all or nothing. False where a condition did not hold. */
export const writeTogether = async (
  client: DynamoDBClient,
  TransactItems: TransactWriteItem[],
  attempt = 1,
): Promise<boolean> => {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    return true;
  } catch (error) {
    const codes = codesOf(error);
    if (codes.includes(failedCondition)) return false;
    if (!codes.includes('TransactionConflict') || attempt >= mostAttempts) throw error;
  }
  await wait(fullJitter(attempt));
  return writeTogether(client, TransactItems, attempt + 1);
};
