import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../shared/dynamodb/index.ts';
import type { Change, Database } from './database.ts';
import { NotModelledError } from './errors.ts';
import { batchGet, getItem, query, scan } from './reads.ts';
import { type IndexProps, Table } from './table.ts';
import { transactWrite } from './transact-write.ts';
import { type PreparedWrite, prepareDelete, preparePut, prepareUpdate, writeOne } from './write-one.ts';

/** A command of the SDK, whose request is in `input`. */
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

const executors = new Map<unknown, Execute>([
  [GetItemCommand, getItem],
  [BatchGetItemCommand, batchGet],
  [QueryCommand, query],
  [ScanCommand, scan],
  [TransactWriteItemsCommand, transactWrite],
  [PutItemCommand, single(preparePut, 'before')],
  [UpdateItemCommand, single(prepareUpdate, 'after')],
  [DeleteItemCommand, single(prepareDelete, 'before')],
] as [unknown, Execute][]);

export interface MemoryDynamoDbProps {
  /** The indexes of each table, by the table's name. */
  readonly tables: Readonly<Record<string, readonly IndexProps[]>>;
  /** Returns the most items that a page may hold. @default no limit */
  readonly pageItems?: Database['pageItems'];
  /** Returns the time in milliseconds, by any clock. @default a clock that stands still */
  readonly now?: () => number;
  /** Whether an eventually consistent read sees an item as it was before its last write. @default never */
  readonly isStale?: () => boolean;
  /** Called with each item written, in order, as a stream shows it. */
  readonly onChange?: (change: Change) => void;
}

export interface MemoryDynamoDb {
  /** Carries out a command at once. @throws the error that the SDK's client would throw */
  readonly execute: (command: Command) => object;
  /** Returns the items of a table, by partition and sort key. */
  readonly items: (table: string) => Item[];
}

/**
 * Creates a DynamoDB in memory that models what this project uses: commands with their expressions, transactions with
 * their cancellation reasons, pages. It fulfils the same contract as the engine. It refuses what it doesn't model.
 */
export const createMemoryDynamoDb = ({
  tables,
  pageItems = () => Number.POSITIVE_INFINITY,
  now,
  isStale = () => false,
  onChange = () => {},
}: MemoryDynamoDbProps): MemoryDynamoDb => {
  const database: Database = {
    tables: new Map(Object.entries(tables).map(([name, indexes]) => [name, new Table(name, indexes, now)])),
    pageItems,
    isStale,
    onChange,
  };
  const execute = (command: Command): object => {
    const executor = executors.get(command.constructor);
    if (executor === undefined) throw new NotModelledError(command.constructor.name);
    return executor(database, command.input as never);
  };
  return { execute, items: (table) => database.tables.get(table)?.items() ?? [] };
};

/** Returns a client of the SDK that sends commands to a function. Paginators check the class of a client. */
export const createClient = (send: (command: Command) => Promise<object>): DynamoDBClient =>
  Object.create(DynamoDBClient.prototype, { send: { value: send }, destroy: { value: () => {} } });

/** Creates a client of a database in memory that answers at once. */
export const memoryClient = (props: MemoryDynamoDbProps): DynamoDBClient & { memory: MemoryDynamoDb } => {
  const memory = createMemoryDynamoDb(props);
  return Object.assign(
    createClient(async (command) => memory.execute(command)),
    { memory },
  );
};
