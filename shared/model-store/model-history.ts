import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { S, type TableProps } from '../dynamodb/index.ts';
import { modelHistory, modelHistoryKey } from '../keys/index.ts';
import type { ModelHistoryEntry } from './registry.ts';
import { parseHistoryItem } from './registry-items.ts';

/** The greatest number that the keys of entries have digits for. */
const mostRevision = 9_999_999_999;

/**
 * Reads the history of models, the latest entry first.
 *
 * @param most the most entries to read
 * @param before reads only entries before this revision
 */
export const readModelHistory = async (
  { client, table }: TableProps,
  most: number,
  before = mostRevision,
): Promise<ModelHistoryEntry[]> => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :history AND sk < :before',
      ExpressionAttributeValues: { ':history': S(modelHistory), ':before': S(modelHistoryKey(before).sk) },
      ScanIndexForward: false,
      Limit: most,
    }),
  );
  return Items.map(parseHistoryItem);
};
