import { type DynamoDBClient, type Put, type Update, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Key } from '../keys/index.ts';
import { type Item, S } from './attributes.ts';
import { whenConditionHolds } from './conditional.ts';

export interface Write {
  readonly table: string;
  readonly key: Key;
  readonly set: Item;
  readonly remove?: readonly string[];
  /** More values that the condition asks for. */
  readonly values?: Item;
  /** Over the names of attributes, each with `#` before it; values stand with `:` before their names. */
  readonly condition: string;
}

const namesIn = (expression: string): string[] =>
  [...expression.matchAll(/#(\w+)/g)].map((match) => match[1] as string);

/** An update, by itself or in a transaction. */
export const updateOf = ({ table, key, set, remove = [], values = {}, condition }: Write) => {
  const names = [...new Set([...Object.keys(set), ...remove, ...namesIn(condition)])];
  const sets = Object.keys(set).map((name) => `#${name} = :${name}`);
  const removes = remove.map((name) => `#${name}`);
  return {
    TableName: table,
    Key: { pk: S(key.pk), sk: S(key.sk) },
    UpdateExpression: `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`,
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries({ ...set, ...values }).map(([name, value]) => [`:${name}`, value]),
    ),
  } satisfies Update;
};

/** Writes on a condition. False: it did not hold, and nothing was to be done. */
export const writeIf = (client: DynamoDBClient, write: Write): Promise<boolean> =>
  whenConditionHolds(client.send(new UpdateItemCommand(updateOf(write))));

/** A new item, for a transaction. */
export const putOf = (table: string, item: Item): Put => ({
  TableName: table,
  Item: item,
  ConditionExpression: 'attribute_not_exists(pk)',
});
