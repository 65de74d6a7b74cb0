import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { S, type TableProps } from '../dynamodb/index.ts';
import { modelHistory } from '../keys/index.ts';
import type { ModelHistoryEntry } from './registry.ts';
import { parseHistoryItem } from './registry-items.ts';

/** Reads the history of models, the latest entry first. @param most the most entries to read */
export const readModelHistory = async (
  { client, table }: TableProps,
  most: number,
): Promise<ModelHistoryEntry[]> => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :history',
      ExpressionAttributeValues: { ':history': S(modelHistory) },
      ScanIndexForward: false,
      Limit: most,
    }),
  );
  return Items.map(parseHistoryItem);
};
