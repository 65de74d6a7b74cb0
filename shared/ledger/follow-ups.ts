import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  type Put,
  QueryCommand,
  type Update,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ActionEvent } from '../../events/index.ts';
import { type Item, N, S, text } from './attributes.ts';
import { handoffIdOf, handoffPrefix, leadKey } from './keys.ts';

/**
 * A place in a lead's history as text that sorts: announcements arrive in any order and more than once, and only a
 * later one may change what a consumer keeps.
 */
export const positionOf = ({ version, ordinal }: { version: number; ordinal: number }): string =>
  `${String(version).padStart(12, '0')}.${String(ordinal).padStart(3, '0')}`;

/** What each follow-up item keeps of the announcement that it follows. */
export const causeFields = ({ metadata, data }: ActionEvent): Item => ({
  position: S(positionOf(data)),
  version: N(data.version),
  ordinal: N(data.ordinal),
  occurredAt: S(metadata.occurredAt),
  correlationId: S(metadata.correlationId ?? metadata.eventId),
  causationId: S(metadata.eventId),
});

export interface Write {
  readonly table: string;
  readonly key: { readonly pk: string; readonly sk: string };
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
  return {
    TableName: table,
    Key: { pk: S(key.pk), sk: S(key.sk) },
    UpdateExpression: `SET ${sets.join(', ')}${remove.length > 0 ? ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : ''}`,
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries({ ...set, ...values }).map(([name, value]) => [`:${name}`, value]),
    ),
  } satisfies Update;
};

/** Writes on a condition, which is the consumer's idempotency. False: it did not hold, and nothing was to be done. */
export const writeIf = async (client: DynamoDBClient, write: Write): Promise<boolean> => {
  try {
    await client.send(new UpdateItemCommand(updateOf(write)));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** A new item, for a transaction. */
export const putOf = (table: string, item: Item): Put => ({
  TableName: table,
  Item: item,
  ConditionExpression: 'attribute_not_exists(pk)',
});

export interface OpenHandoff {
  readonly handoffId: string;
  readonly position: string;
}

/** The hand-offs of a lead that nobody has answered or withdrawn. A lead has few; one page holds thousands. */
export const openHandoffs = async (
  client: DynamoDBClient,
  table: string,
  leadId: string,
): Promise<OpenHandoff[]> => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :handoff)',
      FilterExpression: '#status = :open',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':pk': S(leadKey(leadId)),
        ':handoff': S(handoffPrefix),
        ':open': S('open'),
      },
    }),
  );
  return Items.map((item) => ({
    handoffId: handoffIdOf(text(item, 'sk')) ?? '',
    position: text(item, 'position'),
  }));
};
