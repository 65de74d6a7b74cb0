import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { getItems, type Item } from '../../dynamodb/index.ts';
import { stateKey } from '../../keys/index.ts';
import { readEntries } from '../read-entries.ts';
import { parseVersion } from './entry-position.ts';

/** The stored state and ledger entries of a lead. */
export interface StoredLedger {
  readonly leadId: string;
  readonly state: Item | undefined;
  /** Sorted by sort key. */
  readonly entries: readonly Item[];
}

/** The most reads. A lead that is still being written after these is cut at a version instead. */
const mostReads = 5;

const readState = async (client: DynamoDBClient, table: string, leadId: string): Promise<Item | undefined> =>
  (await getItems({ client, table }, [stateKey(leadId)]))[0];

const readVersion = (state: Item | undefined): number => (state && parseVersion(state)) ?? 0;

async function* takeFirst(items: AsyncIterable<Item>, most: number): AsyncGenerator<Item> {
  let taken = 0;
  for await (const item of items) {
    yield item;
    taken += 1;
    if (taken >= most) return;
  }
}

/**
 * Reads a lead as it was at one moment, even while events arrive. Every commit raises the version, so entries that were
 * read between two reads of the same version belong together.
 *
 * @param most the most entries that are read; of a longer ledger one more is returned
 */
export const readLead = async (
  client: DynamoDBClient,
  table: string,
  leadId: string,
  most = Number.POSITIVE_INFINITY,
): Promise<StoredLedger> => {
  let state = await readState(client, table, leadId);
  for (let read = 1; ; read++) {
    const entries = await Array.fromAsync(takeFirst(readEntries({ client, table }, leadId), most + 1));
    const after = await readState(client, table, leadId);
    if (readVersion(after) === readVersion(state)) return { leadId, state: after, entries };
    if (read === mostReads) {
      // Entries that were read after a state include all entries behind the state.
      const end = readVersion(state);
      return { leadId, state, entries: entries.filter((item) => (parseVersion(item) ?? 0) <= end) };
    }
    state = after;
  }
};
