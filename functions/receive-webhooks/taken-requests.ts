import { createHash } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { dayMs } from '../../events/index.ts';
import { N, number, S, updateIf } from '../../shared/dynamodb/index.ts';
import { expiryAttribute, takenKey } from '../../shared/keys/index.ts';

/** The requests that were taken in, by their signatures. */
export interface TakenRequests {
  /** Returns whether a request was taken in within a day. */
  has(source: string, signature: string): Promise<boolean>;
  /** Notes a request that was taken in as a whole. */
  note(source: string, signature: string): Promise<void>;
}

export interface TakenRequestsProps {
  readonly client: DynamoDBClient;
  /** The table of requests. */
  readonly table: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const keyOf = (source: string, signature: string) =>
  takenKey(
    createHash('sha256')
      .update(JSON.stringify([source, signature]))
      .digest('hex'),
  );

const secondsOf = (ms: number): number => Math.floor(ms / 1_000);

/** Creates the notes of requests that were taken in. They expire after a day. */
export const createTakenRequests = ({ client, table, now }: TakenRequestsProps): TakenRequests => ({
  has: async (source, signature) => {
    const { pk, sk } = keyOf(source, signature);
    const Key = { pk: S(pk), sk: S(sk) };
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
    // DynamoDB deletes expired items only after some time.
    return Item !== undefined && number(Item, expiryAttribute) >= secondsOf(now());
  },
  note: async (source, signature) => {
    const set = { [expiryAttribute]: N(secondsOf(now() + dayMs)) };
    await updateIf(client, { table, key: keyOf(source, signature), set });
  },
});
