import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Item, TableProps } from '../../dynamodb/index.ts';
import type { Lead } from '../../lead/index.ts';
import { hashOf } from '../chain.ts';
import { stateItem } from '../state-items.ts';
import { byPlace, placeIn } from './place.ts';
import type { StoredLedger } from './read-lead.ts';

const lastOf = (entries: readonly Item[]): Item | undefined => {
  const placed = entries.flatMap((item) => {
    const place = placeIn(item);
    return place === undefined ? [] : [{ item, ...place }];
  });
  return placed.sort(byPlace).at(-1)?.item;
};

/** Nobody may have written the lead since it was read. */
const unmoved = (state: Item | undefined) =>
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
 * Puts what a ledger folds to in the place of its state. The chain must hold: the state's head is made of it.
 *
 * @returns whether it was written; not, where somebody else wrote the lead since it was read
 */
export const restoreState = async (
  { client, table }: TableProps,
  { state, entries }: StoredLedger,
  lead: Lead,
): Promise<boolean> => {
  const last = lastOf(entries);
  if (last === undefined) throw new RangeError('a lead without entries has no state to restore');
  const restored = stateItem(lead, hashOf(last));
  try {
    await client.send(new PutItemCommand({ TableName: table, Item: restored, ...unmoved(state) }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};
