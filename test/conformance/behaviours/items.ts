import {
  type AttributeValue,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Database } from '../backends/database.ts';

export type Item = Record<string, AttributeValue>;

export const buildKey = (pk: string, sk = 'STATE'): Item => ({ pk: { S: pk }, sk: { S: sk } });
export const item = (pk: string, version: number, more: Item = {}): Item => ({
  ...buildKey(pk),
  version: { N: `${version}` },
  ...more,
});

export const put = (
  { client }: Database,
  TableName: string,
  Item: Item,
  more: Partial<PutItemCommandInput> = {},
) => client.send(new PutItemCommand({ TableName, Item, ...more }));

export const get = async ({ client }: Database, TableName: string, Key: Item): Promise<Item | undefined> =>
  (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;

export const transact = ({ client }: Database, TransactItems: TransactWriteItem[]) =>
  client.send(new TransactWriteItemsCommand({ TransactItems }));

/** The condition with which the ledger writes: the item must not exist yet. */
export const ifNew = { ConditionExpression: 'attribute_not_exists(pk)' } as const;
export const ifVersion = (version: number) => ({
  ConditionExpression: 'version = :version',
  ExpressionAttributeValues: { ':version': { N: `${version}` } },
});
