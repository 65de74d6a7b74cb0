import type { Item } from '../../../../shared/dynamodb/index.ts';
import type { Change, Database } from './database.ts';
import { NotModelledError } from './errors.ts';
import { batchGet, getItem, query, scan } from './reads.ts';
import { type IndexProps, Table } from './table.ts';
import { transactWrite } from './transact-write.ts';
import { type PreparedWrite, prepareDelete, preparePut, prepareUpdate, writeOne } from './write-one.ts';

/** A command of the SDK, whose request is in `input`. Its class is named for the operation. */
export interface Command {
  readonly input: object;
}

type Execute = (database: Database, input: never) => object;

const single = (prepare: (database: Database, input: never) => PreparedWrite, returns: 'before' | 'after') =>
  ((database: Database, input: { ReturnValues?: string }) => {
    const write = prepare(database, input as never);
    const after = writeOne(database, write);
    const { ReturnValues: asked = 'NONE' } = input;
    if (asked === 'NONE') return {};
    if (asked === 'ALL_OLD') return write.before === undefined ? {} : { Attributes: write.before };
    if (asked === 'ALL_NEW' && returns === 'after') return { Attributes: after };
    throw new NotModelledError(`the return values ${asked}`);
  }) as Execute;

const executors = {
  GetItem: getItem,
  BatchGetItem: batchGet,
  Query: query,
  Scan: scan,
  TransactWriteItems: transactWrite,
  PutItem: single(preparePut, 'before'),
  UpdateItem: single(prepareUpdate, 'after'),
  DeleteItem: single(prepareDelete, 'before'),
} satisfies Readonly<Record<string, Execute>>;

type OperationName = keyof typeof executors;

export interface MemoryDynamoDbProps {
  /** The indexes of each table, by the table's name. */
  readonly tables: Readonly<Record<string, readonly IndexProps[]>>;
  /** Returns the most items that a page may hold. @default no limit */
  readonly pageItems?: Database['pageItems'];
  /** Returns the time in milliseconds, by any clock. @default none, and no read is stale */
  readonly now?: () => number;
  /** Whether an eventually consistent read sees an item as it was before its last write. @default never */
  readonly isStale?: () => boolean;
  /** Called with each item written, in order, as a stream shows it. */
  readonly onChange?: (change: Change) => void;
}

export interface MemoryDynamoDb {
  /** Carries out a command at once. @throws the error that the SDK's client would throw */
  readonly execute: (command: Command) => object;
  /** The operations on items, by their names in DynamoDB's API. */
  readonly operations: Readonly<Record<OperationName, (input: never) => object>>;
  /** Returns the items of a table, by partition and sort key. */
  readonly items: (table: string) => Item[];
  readonly addTable: (name: string, indexes: readonly IndexProps[]) => void;
  readonly removeTable: (name: string) => void;
}

/**
 * Creates a DynamoDB in memory that models what this project uses: commands with their expressions, transactions with
 * their cancellation reasons, pages. It fulfils the same contract as the engine. It refuses what it doesn't model.
 */
export const createMemoryDynamoDb = ({
  tables: given,
  pageItems = () => Number.POSITIVE_INFINITY,
  now,
  isStale = () => false,
  onChange = () => {},
}: MemoryDynamoDbProps): MemoryDynamoDb => {
  const tables = new Map(
    Object.entries(given).map(([name, indexes]) => [name, new Table(name, indexes, now)]),
  );
  const database: Database = { tables, pageItems, isStale, onChange };
  const operations = Object.fromEntries(
    Object.entries<Execute>(executors).map(([name, run]) => [name, (input: never) => run(database, input)]),
  ) as MemoryDynamoDb['operations'];
  const execute = ({ constructor: { name }, input }: Command): object => {
    const operation = operations[name.replace(/Command$/, '') as OperationName];
    if (operation === undefined) throw new NotModelledError(name);
    return operation(input as never);
  };
  return {
    execute,
    operations,
    items: (table) => tables.get(table)?.items() ?? [],
    addTable: (name, indexes) => void tables.set(name, new Table(name, indexes, now)),
    removeTable: (name) => void tables.delete(name),
  };
};
