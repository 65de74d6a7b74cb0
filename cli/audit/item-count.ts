import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Returns the number of items of a table as DynamoDB reports it, some hours old: good enough for a progress bar. Returns
 * zero if the table can't be described.
 */
export const itemCount = async (client: DynamoDBClient, table: string): Promise<number> => {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    return Table?.ItemCount ?? 0;
  } catch {
    // Whoever may read items may not always describe tables; reading the table reports what is wrong with it.
    return 0;
  }
};
