import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Item, type TableProps, whenConditionHolds } from '../../dynamodb/index.ts';
import { leadKey } from '../../keys/index.ts';
import { isClosed, type Lead } from '../../lead/index.ts';
import { hashItem } from '../chain.ts';
import { dueAttributes, stateItem } from '../state-items.ts';
import { inChainOrder } from './entry-position.ts';
import type { StoredLedger } from './read-lead.ts';

/** Returns the condition that nobody has written the lead since it was read. */
const unchanged = (state: Item | undefined) =>
  state === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :version AND #head = :head',
        ExpressionAttributeNames: { '#version': 'version', '#head': 'head' },
        ExpressionAttributeValues: {
          ':version': state.version ?? { N: '0' },
          ':head': state.head ?? { S: '' },
        },
      };

/**
 * Replaces a state by the fold of its ledger. The chain must be valid, since the head of the state comes from it.
 *
 * @returns false, and writes nothing, if another writer has written the lead since it was read
 */
export const restoreState = async (
  { client, table }: TableProps,
  { state, entries }: StoredLedger,
  lead: Lead,
  now: number,
): Promise<boolean> => {
  const last = inChainOrder(entries).at(-1)?.item;
  if (last === undefined) throw new RangeError('a lead without entries has no state to restore');
  // Woken at once, a lead finds out by itself when time will come for it.
  const due = isClosed(lead) ? {} : dueAttributes(leadKey(lead.leadId), { dueAt: now }, now);
  const restored = { ...stateItem(lead, hashItem(last)), ...due };
  const put = new PutItemCommand({ TableName: table, Item: restored, ...unchanged(state) });
  return whenConditionHolds(client.send(put));
};
