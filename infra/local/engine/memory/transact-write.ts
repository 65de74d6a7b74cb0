import type { TransactWriteItem, TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import type { Database } from './database.ts';
import { cancelled, invalid, NotModelledError } from './errors.ts';
import {
  carryOut,
  type PreparedWrite,
  prepareCheck,
  prepareDelete,
  preparePut,
  prepareUpdate,
} from './write-one.ts';

const mostItems = 100;

const prepareWrite = (database: Database, item: TransactWriteItem): PreparedWrite => {
  if (item.Put) return preparePut(database, item.Put);
  if (item.Update) return prepareUpdate(database, item.Update);
  if (item.Delete) return prepareDelete(database, item.Delete);
  if (item.ConditionCheck) return prepareCheck(database, item.ConditionCheck);
  throw new NotModelledError('an empty part of a transaction');
};

const assertDistinct = (writes: readonly PreparedWrite[]): void => {
  const keys = new Set(writes.map(({ table, key }) => JSON.stringify([table.name, key.pk, key.sk])));
  if (keys.size < writes.length) {
    throw invalid('Transaction request cannot include multiple operations on one item');
  }
};

/** Writes all items or none: every condition is evaluated before anything is written. */
export const transactWrite = (
  database: Database,
  { TransactItems = [] }: TransactWriteItemsCommandInput,
): object => {
  if (TransactItems.length < 1 || TransactItems.length > mostItems) {
    throw invalid(`${TransactItems.length} items in a transaction; allowed are 1 to ${mostItems}`);
  }
  const writes = TransactItems.map((item) => prepareWrite(database, item));
  assertDistinct(writes);
  if (writes.some(({ holds }) => !holds)) {
    throw cancelled(
      writes.map(({ holds, returnsItem, before }) => ({
        Code: holds ? 'None' : 'ConditionalCheckFailed',
        ...(!holds && { Message: 'The conditional request failed' }),
        ...(!holds && returnsItem && before !== undefined && { Item: before }),
      })),
    );
  }
  // An item may turn out to be too large. Nothing must be written then.
  const items = writes.map(({ after }) => after());
  for (const [index, write] of writes.entries()) carryOut(database, write, items[index]);
  return {};
};
