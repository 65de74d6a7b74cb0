import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Items of a table by the service's own word, which is some hours old: for a progress bar, and nothing else. Zero where
 * it isn't told.
 */
export const itemCount = async (client: DynamoDBClient, table: string): Promise<number> => {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    return Table?.ItemCount ?? 0;
  } catch {
    // Who may read items may not always describe tables; what is wrong with the table, reading it will say.
    return 0;
  }
};
