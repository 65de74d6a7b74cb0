import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

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

/**
 * Writes all or nothing.
 *
 * @returns the indexes of the writes whose condition did not hold; none: it is written
 * @throws where it was cancelled for another reason, such as another writer at the same time
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
    const refused = (error.CancellationReasons ?? []).flatMap(({ Code }, index) =>
      Code === 'ConditionalCheckFailed' ? [index] : [],
    );
    if (refused.length === 0) throw error;
    return refused;
  }
};
