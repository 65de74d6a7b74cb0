import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { S, text } from '../dynamodb/index.ts';
import { dueIndex, type Key } from '../keys/index.ts';

/** An item for which something is due. */
export interface DueItem extends Key {
  /** UTC, ISO 8601. */
  readonly dueAt: string;
}

/**
 * Yields the items of one partition of the index that are due by an instant, a page at a time, the oldest first.
 *
 * @param until in milliseconds since 1970
 */
export type ReadDueItems = (dueKey: string, until: number) => AsyncIterable<readonly DueItem[]>;

export const createDueItemReader = (client: DynamoDBClient, table: string): ReadDueItems =>
  async function* readDueItems(dueKey, until) {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        IndexName: dueIndex.name,
        KeyConditionExpression: `${dueIndex.partitionKey} = :key AND ${dueIndex.sortKey} <= :until`,
        ExpressionAttributeValues: { ':key': S(dueKey), ':until': S(new Date(until).toISOString()) },
      },
    );
    for await (const { Items = [] } of pages)
      yield Items.map((item) => ({
        pk: text(item, 'pk'),
        sk: text(item, 'sk'),
        dueAt: text(item, dueIndex.sortKey),
      }));
  };
