import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { ActionEvent } from '../../events/index.ts';
import { type Item, N, S } from './attributes.ts';

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
  /** Over the names of attributes, each with `#` before it; values of `set` stand with `:` before their names. */
  readonly condition: string;
}

const namesIn = (expression: string): string[] =>
  [...expression.matchAll(/#(\w+)/g)].map((match) => match[1] as string);

const toInput = ({ table, key, set, remove = [], condition }: Write): UpdateItemCommandInput => {
  const names = [...new Set([...Object.keys(set), ...remove, ...namesIn(condition)])];
  const sets = Object.keys(set).map((name) => `#${name} = :${name}`);
  return {
    TableName: table,
    Key: { pk: S(key.pk), sk: S(key.sk) },
    UpdateExpression: `SET ${sets.join(', ')}${remove.length > 0 ? ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : ''}`,
    ConditionExpression: condition,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(set).map(([name, value]) => [`:${name}`, value]),
    ),
  };
};

/** Writes on a condition, which is the consumer's idempotency. False: it did not hold, and nothing was to be done. */
export const writeIf = async (client: DynamoDBClient, write: Write): Promise<boolean> => {
  try {
    await client.send(new UpdateItemCommand(toInput(write)));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};
