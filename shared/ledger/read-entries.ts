import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { type Item, S, type TableProps } from '../dynamodb/index.ts';
import { entryRange, leadKey } from '../keys/index.ts';

/** Yields the entries of a lead as items, in the order of their sort keys, read consistently and a page at a time. */
export async function* readEntries(
  { client, table }: Pick<TableProps, 'client' | 'table'>,
  leadId: string,
): AsyncGenerator<Item> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :entry)',
      ExpressionAttributeValues: { ':pk': S(leadKey(leadId)), ':entry': S(entryRange.from) },
    },
  );
  for await (const { Items = [] } of pages) yield* Items;
}
