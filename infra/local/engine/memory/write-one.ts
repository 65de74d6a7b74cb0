import type { Delete, Put, Update } from '@aws-sdk/client-dynamodb';
import { type Item, largestItem, measureItem } from '../../../../shared/dynamodb/index.ts';
import { compileExpression } from './condition.ts';
import { type Database, findTable } from './database.ts';
import { conditionFailed, invalid } from './errors.ts';
import { assertUsed, buildScope, type Placeholders } from './scope.ts';
import { parseKey, type Table, type TableKey } from './table.ts';
import { updated } from './update.ts';

/** One write of a request, ready to be judged and carried out. */
export interface PreparedWrite {
  readonly table: Table;
  readonly key: TableKey;
  readonly before: Item | undefined;
  readonly holds: boolean;
  readonly returnsItem: boolean;
  /** Returns the item afterwards; called only if the condition holds. */
  readonly after: () => Item | undefined;
}

interface Conditional extends Placeholders {
  readonly TableName?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

const noItem: Item = {};

const prepare = (
  database: Database,
  request: Conditional,
  key: TableKey,
  after: (before: Item | undefined) => Item | undefined,
  ...others: readonly (string | undefined)[]
): PreparedWrite => {
  const { TableName, ConditionExpression: condition, ReturnValuesOnConditionCheckFailure } = request;
  const table = findTable(database, TableName);
  const scope = buildScope(request);
  assertUsed(scope, condition, ...others);
  const before = table.get(key);
  return {
    table,
    key,
    before,
    holds: condition === undefined || compileExpression(condition)(before ?? noItem, scope),
    returnsItem: ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
    after: () => {
      const item = after(before);
      if (item !== undefined) table.assertIndexable(item);
      return item;
    },
  };
};

const stored = (item: Item): Item => {
  const size = measureItem(item);
  if (size > largestItem) throw invalid(`Item size has exceeded the maximum allowed size: ${size} bytes`);
  return { ...item };
};

export const preparePut = (database: Database, request: Partial<Put>): PreparedWrite => {
  const item = request.Item ?? {};
  return prepare(database, request, parseKey(item), () => stored(item));
};

export const prepareUpdate = (database: Database, request: Partial<Update>): PreparedWrite => {
  const { Key = {}, UpdateExpression = '' } = request;
  const key = parseKey(Key);
  const after = (before: Item | undefined) =>
    stored(updated(UpdateExpression, before ?? Key, buildScope(request)));
  return prepare(database, request, key, after, UpdateExpression);
};

export const prepareDelete = (database: Database, request: Partial<Delete>): PreparedWrite =>
  prepare(database, request, parseKey(request.Key ?? {}), () => undefined);

/** Prepares a condition check. It changes nothing, so its item is neither written nor in the stream. */
export const prepareCheck = (database: Database, request: Partial<Delete>): PreparedWrite =>
  prepare(database, request, parseKey(request.Key ?? {}), (before) => before);

/** Carries out a write whose item afterwards is known. A check changes nothing. */
export const carryOut = (
  database: Database,
  { table, key, before }: PreparedWrite,
  item: Item | undefined,
): void => {
  if (item === before) return;
  table.put(key, item);
  database.onChange({ table: table.name, key, before, after: item });
};

export const writeOne = (database: Database, write: PreparedWrite): Item | undefined => {
  if (!write.holds) throw conditionFailed(write.returnsItem ? write.before : undefined);
  const item = write.after();
  carryOut(database, write, item);
  return item;
};
