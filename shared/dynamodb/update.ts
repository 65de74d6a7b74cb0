import { type DynamoDBClient, type Put, type Update, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Key } from '../keys/index.ts';
import { type Item, S, text } from './attributes.ts';
import { whenConditionHolds } from './conditional.ts';

/** An update of one item, by the names of its attributes. */
export interface ItemUpdate {
  readonly table: string;
  readonly key: Key;
  readonly set?: Item;
  /** Attributes that are set only if the item doesn't have them yet. */
  readonly setIfAbsent?: Item;
  readonly remove?: readonly string[];
  /** Numbers that are added to attributes. */
  readonly add?: Item;
  /**
   * The condition. `#name` stands for an attribute, `:name` for a value of this update or of `values`.
   *
   * @default - none
   */
  readonly condition?: string;
  /** The values that only the condition needs. */
  readonly values?: Item;
}

const clause = (keyword: string, terms: readonly string[]): string[] =>
  terms.length === 0 ? [] : [`${keyword} ${terms.join(', ')}`];

const placeholders = <T>(prefix: '#' | ':', entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries(entries.map(([name, value]) => [`${prefix}${name}`, value]));

/**
 * Returns the request of an update, for `UpdateItem` or as part of a transaction.
 *
 * @example
 * buildUpdate({ table, key, set: { status: S('done') }, remove: ['owner'], condition: 'attribute_exists(#owner)' });
 * // UpdateExpression: 'SET #status = :status REMOVE #owner'
 */
export const buildUpdate = ({
  table,
  key,
  set = {},
  setIfAbsent = {},
  remove = [],
  add = {},
  condition = '',
  values = {},
}: ItemUpdate) => {
  const expression = [
    ...clause('SET', [
      ...Object.keys(setIfAbsent).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
      ...Object.keys(set).map((name) => `#${name} = :${name}`),
    ]),
    ...clause(
      'REMOVE',
      remove.map((name) => `#${name}`),
    ),
    ...clause(
      'ADD',
      Object.keys(add).map((name) => `#${name} :${name}`),
    ),
  ].join(' ');
  const names = [...`${expression} ${condition}`.matchAll(/#(\w+)/g)].map(([, name = '']) => name);
  const allValues = Object.entries({ ...setIfAbsent, ...set, ...add, ...values });
  return {
    TableName: table,
    Key: { pk: S(key.pk), sk: S(key.sk) },
    UpdateExpression: expression,
    ...(condition !== '' && { ConditionExpression: condition }),
    ExpressionAttributeNames: placeholders(
      '#',
      names.map((name) => [name, name]),
    ),
    ...(allValues.length > 0 && { ExpressionAttributeValues: placeholders(':', allValues) }),
  } satisfies Update;
};

/** Updates an item if the condition holds, or without one in any case. Returns whether it was updated. */
export const updateIf = (client: DynamoDBClient, update: ItemUpdate): Promise<boolean> =>
  whenConditionHolds(client.send(new UpdateItemCommand(buildUpdate(update))));

/**
 * Returns the update that writes the attributes of an item, whether it exists or not. Functions use it instead of a
 * put, because IAM can limit the attributes that an update touches, while a put replaces any item as a whole.
 */
export const buildUpsert = (table: string, item: Item): ItemUpdate => {
  const { pk: _pk, sk: _sk, ...set } = item;
  return { table, key: { pk: text(item, 'pk'), sk: text(item, 'sk') }, set };
};

/** The condition of a write that must create its item. */
export const isNew = 'attribute_not_exists(pk)';

/** Returns the request that puts an item only if it doesn't exist, for `PutItem` or as part of a transaction. */
export const buildInsert = (table: string, item: Item) =>
  ({
    TableName: table,
    Item: item,
    ConditionExpression: isNew,
  }) satisfies Put;
