import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type Item, S } from '../../dynamodb/index.ts';
import { stateKey } from '../../keys/index.ts';
import { readEntries } from '../read-entries.ts';
import { versionIn } from './place.ts';

/** All that is stored of a lead's history. */
export interface StoredLedger {
  readonly leadId: string;
  readonly state: Item | undefined;
  /** By sort key. */
  readonly entries: readonly Item[];
}

/** A lead that is written all the time is read up to a version instead. */
const mostReads = 5;

const readState = async (
  client: DynamoDBClient,
  table: string,
  leadId: string,
): Promise<Item | undefined> => {
  const { pk, sk } = stateKey(leadId);
  const answer = await client.send(
    new GetItemCommand({ TableName: table, ConsistentRead: true, Key: { pk: S(pk), sk: S(sk) } }),
  );
  return answer.Item;
};

const versionOf = (state: Item | undefined): number => (state && versionIn(state)) ?? 0;

/**
 * Reads a lead as it was at one moment, also while events arrive: its version rises with every commit, so what was read
 * between two reads of the same version belongs together.
 */
export const readLead = async (
  client: DynamoDBClient,
  table: string,
  leadId: string,
): Promise<StoredLedger> => {
  let state = await readState(client, table, leadId);
  for (let read = 1; ; read++) {
    const entries = await Array.fromAsync(readEntries({ client, table }, leadId));
    const after = await readState(client, table, leadId);
    if (versionOf(after) === versionOf(state)) return { leadId, state: after, entries };
    if (read === mostReads) {
      // What was read after a state has all that the state has.
      const end = versionOf(state);
      return { leadId, state, entries: entries.filter((item) => (versionIn(item) ?? 0) <= end) };
    }
    state = after;
  }
};
