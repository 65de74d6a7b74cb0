import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { fullJitter, wait } from '../retry/index.ts';

/**
 * Awaits a conditional write. Returns false if its condition did not hold.
 *
 * @example const isNew = await whenConditionHolds(client.send(new PutItemCommand(buildInsert(table, item))));
 * @throws the error of the write if it failed for another reason
 */
export const whenConditionHolds = async (writing: Promise<unknown>): Promise<boolean> => {
  try {
    await writing;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

const findRefusedWrites = (error: TransactionCanceledException, code: string): number[] =>
  (error.CancellationReasons ?? []).flatMap(({ Code }, index) => (Code === code ? [index] : []));

/**
 * Writes all items in one transaction, or none.
 *
 * @returns the indexes of the writes whose condition did not hold; none if everything is written
 * @throws TransactionCanceledException if it was cancelled for another reason, such as another writer at the same time
 */
export const transact = async (
  client: DynamoDBClient,
  writes: readonly TransactWriteItem[],
): Promise<readonly number[]> => {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: [...writes] }));
    return [];
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const refused = findRefusedWrites(error, 'ConditionalCheckFailed');
    if (refused.length === 0) throw error;
    return refused;
  }
};

/** Returns whether a transaction was cancelled because another writer was at work on one of its items. */
export const isConflict = (error: unknown): boolean =>
  error instanceof TransactionCanceledException && findRefusedWrites(error, 'TransactionConflict').length > 0;

/**
 * The most attempts. The SDK doesn't retry a cancelled transaction, not even one that only conflicted with another
 * writer.
 */
const mostAttempts = 5;

/** Does the same as `transact`, but retries while another writer is at work on one of the items. */
export const transactPatiently = async (
  client: DynamoDBClient,
  writes: readonly TransactWriteItem[],
  attempt = 1,
): Promise<readonly number[]> => {
  try {
    return await transact(client, writes);
  } catch (error) {
    if (!isConflict(error) || attempt >= mostAttempts) throw error;
  }
  await wait(fullJitter(attempt));
  return transactPatiently(client, writes, attempt + 1);
};
