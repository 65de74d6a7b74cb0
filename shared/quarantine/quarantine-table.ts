import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { type Item, S, selectAttributes } from '../dynamodb/index.ts';

/** The table of quarantined events. */
export interface QuarantineTable {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** Thrown if others write a quarantined event at the same time, in each of several attempts. */
export class QuarantineBusyError extends Error {
  readonly code = 'QUARANTINE_BUSY';
  constructor(attempts: number) {
    super(`others wrote the quarantined event in each of ${attempts} attempts`);
    this.name = 'QuarantineBusyError';
  }
}

/**
 * Returns all items of a quarantined event, in the order of their sort keys.
 *
 * @param attributes the attributes to read; all of them if left out
 */
export const readPartition = async (
  { client, table }: QuarantineTable,
  id: string,
  attributes?: readonly string[],
): Promise<Item[]> => {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': S(id) },
      ...(attributes !== undefined && selectAttributes(attributes)),
    },
  );
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
};
