import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Returns the number of items of a table as DynamoDB reports it, some hours old: good enough for a progress bar.
 * Returns zero if the table can't be described.
 */
export const itemCount = async (client: DynamoDBClient, table: string): Promise<number> => {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    return Table?.ItemCount ?? 0;
  } catch {
    // Permission to read items may come without permission to describe the table. Reading reports other faults.
    return 0;
  }
};
