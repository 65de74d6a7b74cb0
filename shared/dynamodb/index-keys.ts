import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Key } from '../keys/index.ts';
import { type Item, S } from './attributes.ts';
import type { TableProps } from './get-items.ts';

/** The key of an item, with the key attributes of the index by which it was found. */
export type IndexKey = Key & Readonly<Record<string, string>>;

/** A partition of an index, or the part of it that has one sort key. */
export interface IndexRange {
  readonly index: { readonly name: string; readonly partitionKey: string; readonly sortKey?: string };
  readonly partition: string;
  readonly sort?: string;
}

export interface IndexPage {
  readonly keys: readonly IndexKey[];
  /** The key after which the next page begins; undefined at the end. */
  readonly next: IndexKey | undefined;
}

const toItem = (key: IndexKey): Item =>
  Object.fromEntries(Object.entries(key).map(([name, value]) => [name, S(value)]));

const toKey = (item: Item): IndexKey =>
  Object.fromEntries(Object.entries(item).map(([name, { S: value = '' }]) => [name, value])) as IndexKey;

/**
 * Reads a page of the keys in an index. An index is never read consistently: an item that has just changed may be missing,
 * or still be where it was.
 *
 * @param after the key at which the page before ended
 * @param most the most keys to read
 */
export const readIndexPage = async (
  { client, table }: TableProps,
  { index: { name, partitionKey, sortKey }, partition, sort }: IndexRange,
  { after, most }: { readonly after?: IndexKey | undefined; readonly most: number },
): Promise<IndexPage> => {
  const hasSort = sortKey !== undefined && sort !== undefined;
  const { Items = [], LastEvaluatedKey: last } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: name,
      KeyConditionExpression: `#partition = :partition${hasSort ? ' AND #sort = :sort' : ''}`,
      ExpressionAttributeNames: { '#partition': partitionKey, ...(hasSort && { '#sort': sortKey }) },
      ExpressionAttributeValues: { ':partition': S(partition), ...(hasSort && { ':sort': S(sort) }) },
      Limit: most,
      ...(after !== undefined && { ExclusiveStartKey: toItem(after) }),
    }),
  );
  return { keys: Items.map(toKey), next: last && toKey(last) };
};

/** Yields the keys in an index, a hundred at a time. */
export async function* listIndexKeys(
  table: TableProps,
  range: IndexRange,
): AsyncGenerator<readonly IndexKey[]> {
  let after: IndexKey | undefined;
  do {
    const { keys, next } = await readIndexPage(table, range, { after, most: 100 });
    yield keys;
    after = next;
  } while (after !== undefined);
}
