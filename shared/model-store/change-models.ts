import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  buildInsert,
  getItems,
  isConflict,
  N,
  type TableProps,
  transactPatiently,
} from '../dynamodb/index.ts';
import { modelPointerKey } from '../keys/index.ts';
import type { PlannedChange } from './plan-change.ts';
import type { ModelPointer } from './registry.ts';
import { historyItem, parsePointer, pointerItem } from './registry-items.ts';

/** Reads the pointer, consistently; undefined as long as nothing is stored. */
export const readPointer = async (props: TableProps): Promise<ModelPointer | undefined> => {
  const [item] = await getItems(props, [modelPointerKey]);
  return item && parsePointer(item);
};

const pointerWrite = (table: string, { before, after }: PlannedChange): TransactWriteItem => {
  const item = pointerItem(after);
  if (before === undefined) return { Put: buildInsert(table, item) };
  return {
    Put: {
      TableName: table,
      Item: item,
      ConditionExpression: '#revision = :read',
      ExpressionAttributeNames: { '#revision': 'revision' },
      ExpressionAttributeValues: { ':read': N(before.revision) },
    },
  };
};

/**
 * Writes a change in one transaction: the pointer, on the condition that it is as it was read; the history; and what
 * belongs to the change.
 *
 * @returns false if somebody else was first, and nothing was written
 */
export const commitChange = async (
  { client, table }: TableProps,
  change: PlannedChange,
  belonging: readonly TransactWriteItem[] = [],
): Promise<boolean> => {
  const history = { Put: buildInsert(table, historyItem(change.entry)) };
  try {
    const refused = await transactPatiently(client, [pointerWrite(table, change), history, ...belonging]);
    return refused.length === 0;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
};
