import type {
  BatchGetItemCommandInput,
  GetItemCommandInput,
  QueryCommandInput,
  ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../../shared/dynamodb/index.ts';
import { compileExpression } from './condition.ts';
import { type Database, findTable } from './database.ts';
import { invalid, NotModelledError } from './errors.ts';
import {
  assertUsed,
  buildScope,
  type Placeholders,
  resolveNamePlaceholder,
  resolveValuePlaceholder,
  type Scope,
} from './scope.ts';
import { byText, parseKey, type Table, type TableKey } from './table.ts';

const mostKeys = 100;

const projected = (item: Item, expression: string | undefined, scope: Scope): Item => {
  if (expression === undefined) return { ...item };
  const names = expression.split(',').map((word) => resolveNamePlaceholder(scope, word.trim()));
  return Object.fromEntries(names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
};

const getOne = (
  { isStale }: Database,
  table: Table,
  key: TableKey,
  consistent: boolean | undefined,
): Item | undefined => (!consistent && isStale() ? table.stale(key) : table.get(key));

export const getItem = (database: Database, input: GetItemCommandInput): object => {
  const scope = buildScope(input);
  assertUsed(scope, input.ProjectionExpression);
  const table = findTable(database, input.TableName);
  const item = getOne(database, table, parseKey(input.Key ?? {}), input.ConsistentRead);
  return item === undefined ? {} : { Item: projected(item, input.ProjectionExpression, scope) };
};

export const batchGet = (database: Database, { RequestItems = {} }: BatchGetItemCommandInput): object => {
  const requests = Object.entries(RequestItems);
  const keys = requests.flatMap(([name, { Keys = [] }]) => Keys.map((key) => [name, parseKey(key)]));
  if (keys.length < 1 || keys.length > mostKeys) throw invalid(`${keys.length} keys; allowed are 1 to 100`);
  if (new Set(keys.map((key) => JSON.stringify(key))).size < keys.length) {
    throw invalid('Provided list of item keys contains duplicates');
  }
  const responses = requests.map(([name, request]) => {
    const scope = buildScope(request as Placeholders);
    assertUsed(scope, request.ProjectionExpression);
    const found = (request.Keys ?? []).flatMap((key) => {
      const item = getOne(database, findTable(database, name), parseKey(key), request.ConsistentRead);
      return item === undefined ? [] : [projected(item, request.ProjectionExpression, scope)];
    });
    return [name, found];
  });
  return { Responses: Object.fromEntries(responses), UnprocessedKeys: {} };
};

/** The attributes by which the items of a read are sorted, the first one first. */
type SortedBy = readonly string[];

const compare = (names: SortedBy, a: Item, b: Item): number => {
  for (const name of names) {
    const sign = byText(a[name]?.S ?? '', b[name]?.S ?? '');
    if (sign !== 0) return sign;
  }
  return 0;
};

/** The items that a read covers, in their order. */
interface Range {
  readonly read: 'query' | 'scan';
  readonly items: readonly Item[];
  readonly by: SortedBy;
  /** The attributes of the key of an item, as it was found. */
  readonly keyNames: readonly string[];
  readonly backward: boolean;
}

interface Asked {
  readonly FilterExpression?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly Select?: string | undefined;
  readonly Limit?: number | undefined;
  readonly ExclusiveStartKey?: Item | undefined;
}

/**
 * Returns a page of items: those after the key at which the page before ended, even if that key's item no longer
 * exists.
 */
const takePage = ({ pageItems }: Database, { items, by, keyNames, backward, read }: Range, asked: Asked) => {
  const { ExclusiveStartKey: from, Limit = Number.POSITIVE_INFINITY } = asked;
  const sign = backward ? -1 : 1;
  const sorted = items.toSorted((a, b) => sign * compare(by, a, b));
  const rest = from === undefined ? sorted : sorted.filter((item) => sign * compare(by, item, from) > 0);
  const most = Math.min(Limit, pageItems(read));
  const page = rest.slice(0, most);
  // A full page has the key of its end, whether or not there are more items.
  const last = page.length === most ? page.at(-1) : undefined;
  return { page, last: last && picked(last, keyNames) };
};

const picked = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));

const buildAnswer = (database: Database, range: Range, asked: Asked, scope: Scope): object => {
  const { page, last } = takePage(database, range, asked);
  const filter = asked.FilterExpression === undefined ? undefined : compileExpression(asked.FilterExpression);
  const found = page.filter((item) => filter?.(item, scope) ?? true);
  return {
    ...(asked.Select !== 'COUNT' && {
      Items: found.map((item) => projected(item, asked.ProjectionExpression, scope)),
    }),
    Count: found.length,
    ScannedCount: page.length,
    ...(last !== undefined && { LastEvaluatedKey: last }),
  };
};

/**
 * Returns the items that a read may see. An eventually consistent one sees some as they were before, and some not yet.
 */
const seen = (
  { isStale }: Database,
  table: Table,
  items: readonly Item[],
  consistent: boolean,
): readonly Item[] =>
  consistent
    ? items
    : items
        .map((item) => (isStale() ? table.stale(parseKey(item)) : item))
        .filter((item): item is Item => item !== undefined);

/** Returns the keys of each item that has both attributes of an index. A read of an index is never consistent. */
const inIndex = (database: Database, table: Table, name: string, read: Range['read']): Range => {
  const { partition, sort } = table.indexNamed(name);
  const keyNames = [...new Set(['pk', 'sk', partition, sort])];
  const items = seen(database, table, table.items(), false)
    .filter((item) => item[partition]?.S !== undefined && item[sort]?.S !== undefined)
    .map((item) => picked(item, keyNames));
  return { items, by: [...new Set([sort, 'pk', 'sk'])], keyNames, backward: false, read };
};

const partitionEquals = /^\s*([#\w]+)\s*=\s*(:\w+)/;

export const query = (database: Database, input: QueryCommandInput): object => {
  const { KeyConditionExpression: condition = '', IndexName } = input;
  const scope = buildScope(input);
  assertUsed(scope, condition, input.FilterExpression, input.ProjectionExpression);
  const table = findTable(database, input.TableName);
  const [, , value] = condition.match(partitionEquals) ?? [];
  if (value === undefined) throw new NotModelledError(`the key condition ${condition}`);
  const range: Range =
    IndexName === undefined
      ? {
          items: seen(
            database,
            table,
            table.partition(resolveValuePlaceholder(scope, value).S ?? ''),
            input.ConsistentRead === true,
          ),
          by: ['sk'],
          keyNames: ['pk', 'sk'],
          backward: false,
          read: 'query',
        }
      : inIndex(database, table, IndexName, 'query');
  const items = range.items.filter((item) => compileExpression(condition)(item, scope));
  return buildAnswer(database, { ...range, items, backward: input.ScanIndexForward === false }, input, scope);
};

/** Returns the segment of a parallel scan that holds a partition. */
const computeSegment = (pk: string, segments: number): number => {
  let sum = 0;
  for (let i = 0; i < pk.length; i++) sum = (sum * 31 + pk.charCodeAt(i)) % 65_521;
  return sum % segments;
};

export const scan = (database: Database, input: ScanCommandInput): object => {
  const { IndexName, Segment = 0, TotalSegments = 1 } = input;
  const scope = buildScope(input);
  assertUsed(scope, input.FilterExpression, input.ProjectionExpression);
  const table = findTable(database, input.TableName);
  const range: Range =
    IndexName === undefined
      ? {
          items: seen(database, table, table.items(), input.ConsistentRead === true),
          by: ['pk', 'sk'],
          keyNames: ['pk', 'sk'],
          backward: false,
          read: 'scan',
        }
      : inIndex(database, table, IndexName, 'scan');
  const items = range.items.filter((item) => computeSegment(item.pk?.S ?? '', TotalSegments) === Segment);
  return buildAnswer(database, { ...range, items }, input, scope);
};
