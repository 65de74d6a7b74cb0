import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { N, number, S, type TableProps, text, updateIf } from '../dynamodb/index.ts';
import { expiryAttribute, subscriptionPartition, targetNoteKey, targetNotesPrefix } from '../keys/index.ts';
import type { TargetMemory } from './target.ts';

export interface TargetMemoryProps extends Pick<TableProps, 'client' | 'table'> {
  readonly subscription: string;
  readonly now: () => number;
}

/** Creates the memory of a subscription's target. */
export const createTargetMemory = ({
  client,
  table,
  subscription,
  now,
}: TargetMemoryProps): TargetMemory => ({
  read: async (note) => {
    const { pk, sk } = targetNoteKey(subscription, note);
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: S(pk), sk: S(sk) }, ConsistentRead: true }),
    );
    // DynamoDB deletes expired items only after some time.
    if (item?.note === undefined || number(item, 'until') <= now()) return undefined;
    return text(item, 'note');
  },
  write: async (note, value, ttlMs) => {
    const until = now() + ttlMs;
    await updateIf(client, {
      table,
      key: targetNoteKey(subscription, note),
      set: { note: S(value), until: N(until), [expiryAttribute]: N(Math.ceil(until / 1_000)) },
    });
  },
});

/** Erases what a target has noted of a lead. */
export const forgetNotes = async (
  { client, table }: Pick<TableProps, 'client' | 'table'>,
  subscription: string,
  leadId: string,
): Promise<void> => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: {
        ':pk': S(subscriptionPartition(subscription)),
        ':prefix': S(targetNotesPrefix(leadId)),
      },
    }),
  );
  for (const item of Items)
    await updateIf(client, {
      table,
      key: { pk: text(item, 'pk'), sk: text(item, 'sk') },
      remove: ['note'],
    });
};
