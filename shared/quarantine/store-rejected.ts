import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { buildUpsert, type Item, N, S, selectAttributes, updateIf } from '../dynamodb/index.ts';
import { quarantineHeadKey } from '../keys/index.ts';
import { computeQuarantineId } from './content-id.ts';
import { headFields, readStoredText, textFields } from './head.ts';
import type { Rejected } from './quarantine.ts';
import { QuarantineBusyError, type QuarantineTable } from './quarantine-table.ts';
import { computeExpiry, expiryField } from './retention.ts';
import { buildPartKey, describeText, partItems, type StoredText } from './text-parts.ts';

/** The number of attempts while others write the same head, after which the message has to be retried. */
const mostAttempts = 5;

const storedText = async (
  { client, table }: QuarantineTable,
  id: string,
): Promise<StoredText | undefined> => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk = :head',
      ExpressionAttributeValues: { ':pk': S(id), ':head': S(quarantineHeadKey) },
      ...selectAttributes(['textId', 'bytes', 'parts']),
    }),
  );
  return Items[0] && readStoredText(Items[0]);
};

const putText = async ({ client, table }: QuarantineTable, items: readonly Item[]): Promise<void> => {
  for (const item of items) await updateIf(client, buildUpsert(table, item));
};

/** Prolongs the parts of a text to the expiry of the head that names it: they must not expire before it does. */
const prolong = async (
  { client, table }: QuarantineTable,
  id: string,
  { textId, parts }: StoredText,
  expiresAt: number,
): Promise<void> => {
  for (let index = 0; index < parts; index++) {
    await updateIf(client, {
      table,
      key: { pk: id, sk: buildPartKey(textId, index) },
      set: expiryField(expiresAt),
      condition: 'attribute_exists(pk)',
    });
  }
};

/** Counts a delivery. Returns false if the head now names another text, or none. */
const countDelivery = (
  { client, table }: QuarantineTable,
  id: string,
  rejected: Rejected,
  stored: StoredText,
  condition: string,
): Promise<boolean> => {
  const { first, latest } = headFields(rejected);
  return updateIf(client, {
    table,
    key: { pk: id, sk: quarantineHeadKey },
    setIfAbsent: first,
    set: { ...latest, ...textFields(stored) },
    add: { times: N(1) },
    condition,
  });
};

const newOrSame = 'attribute_not_exists(#textId) OR #textId = :textId';

/**
 * Writes the text before the head, so that a reader who finds the head finds all of the text, and counts the delivery
 * last.
 */
const tryToStore = async (quarantine: QuarantineTable, id: string, rejected: Rejected): Promise<boolean> => {
  const expiresAt = computeExpiry(rejected.receivedAt);
  const stored = await storedText(quarantine, id);
  if (stored !== undefined) {
    await prolong(quarantine, id, stored, expiresAt);
    return countDelivery(quarantine, id, rejected, stored, '#textId = :textId');
  }
  await putText(quarantine, partItems(id, rejected.body, expiresAt, rejected.entry));
  return countDelivery(quarantine, id, rejected, describeText(rejected.body), newOrSame);
};

/**
 * Stores a rejected event, or counts it if its content is stored already.
 *
 * @throws QuarantineBusyError
 */
export const storeRejected = async (quarantine: QuarantineTable, rejected: Rejected): Promise<void> => {
  const id = computeQuarantineId(rejected.body, rejected.entry);
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    if (await tryToStore(quarantine, id, rejected)) return;
  }
  throw new QuarantineBusyError(mostAttempts);
};
