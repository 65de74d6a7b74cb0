import { PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Item, N, S, whenConditionHolds } from '../dynamodb/index.ts';
import { quarantineIdOf } from './content-id.ts';
import { headFields, headKey, textFields, textOf } from './head.ts';
import type { Rejected } from './quarantine.ts';
import type { Place } from './quarantine-table.ts';
import { expiryOf } from './retention.ts';
import { partItems, partKeyOf, type StoredText, storedTextOf } from './text-parts.ts';

/** As often as somebody else may write the same event's head meanwhile, before the message has to come again. */
const mostAttempts = 5;

export class QuarantineBusyError extends Error {
  readonly code = 'QUARANTINE_BUSY';
  constructor() {
    super(`a quarantined event was written by others each of ${mostAttempts} times that it was tried`);
    this.name = 'QuarantineBusyError';
  }
}

const storedText = async ({ client, table }: Place, id: string): Promise<StoredText | undefined> => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk = :head',
      ExpressionAttributeValues: { ':pk': S(id), ':head': S(headKey) },
    }),
  );
  return Items[0] && textOf(Items[0]);
};

const putText = async ({ client, table }: Place, items: readonly Item[]): Promise<void> => {
  for (const Item of items) await client.send(new PutItemCommand({ TableName: table, Item }));
};

/** A text must not go before the head that names it. */
const prolong = async (
  { client, table }: Place,
  id: string,
  { textId, parts }: StoredText,
  expiresAt: number,
): Promise<void> => {
  for (let index = 0; index < parts; index++) {
    await whenConditionHolds(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: S(id), sk: S(partKeyOf(textId, index)) },
          UpdateExpression: 'SET expiresAt = :expiresAt',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':expiresAt': N(expiresAt) },
        }),
      ),
    );
  }
};

/** Counts a delivery. False where the head names another text by now, or none any more. */
const countDelivery = (
  { client, table }: Place,
  id: string,
  rejected: Rejected,
  stored: StoredText,
  condition: string,
): Promise<boolean> => {
  const { first, latest } = headFields(rejected);
  const values: Item = { ...first, ...latest, ...textFields(stored), one: N(1) };
  const names = Object.keys(values).filter((name) => name !== 'one');
  const set = names.map((name) =>
    name in first ? `#${name} = if_not_exists(#${name}, :${name})` : `#${name} = :${name}`,
  );
  return whenConditionHolds(
    client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { pk: S(id), sk: S(headKey) },
        UpdateExpression: `SET ${set.join(', ')} ADD #times :one`,
        ConditionExpression: condition,
        ExpressionAttributeNames: Object.fromEntries([...names, 'times'].map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [`:${name}`, value]),
        ),
      }),
    ),
  );
};

const newOrSame = 'attribute_not_exists(#textId) OR #textId = :textId';

/** Text before the head: whoever finds the head finds the whole. The head last: only then is the delivery counted. */
const tryToKeep = async (place: Place, id: string, rejected: Rejected): Promise<boolean> => {
  const expiresAt = expiryOf(rejected.receivedAt);
  const stored = await storedText(place, id);
  if (stored !== undefined) {
    await prolong(place, id, stored, expiresAt);
    return countDelivery(place, id, rejected, stored, '#textId = :textId');
  }
  await putText(place, partItems(id, rejected.body, expiresAt));
  return countDelivery(place, id, rejected, storedTextOf(rejected.body), newOrSame);
};

/** @throws QuarantineBusyError */
export const keepIn = async (place: Place, rejected: Rejected): Promise<void> => {
  const id = quarantineIdOf(rejected.body);
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    if (await tryToKeep(place, id, rejected)) return;
  }
  throw new QuarantineBusyError();
};
