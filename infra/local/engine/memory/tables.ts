import type { AttributeDefinition, KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { inUse, NotModelledError, notFound } from './errors.ts';
import type { MemoryDynamoDb } from './memory-dynamodb.ts';
import { TableStream } from './stream.ts';
import type { IndexProps } from './table.ts';

interface IndexInput {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection?: { readonly ProjectionType?: string };
}

export interface CreateTableInput {
  readonly TableName: string;
  readonly AttributeDefinitions?: readonly AttributeDefinition[];
  readonly KeySchema?: readonly KeySchemaElement[];
  readonly GlobalSecondaryIndexes?: readonly IndexInput[];
  readonly LocalSecondaryIndexes?: readonly IndexInput[];
  readonly StreamSpecification?: { readonly StreamEnabled?: boolean; readonly StreamViewType?: string };
}

/** A table as it was asked for, with its stream. */
interface Definition {
  readonly input: CreateTableInput;
  readonly stream: TableStream | undefined;
  readonly createdAt: number;
}

const nameOf = (schema: readonly KeySchemaElement[] | undefined, type: string): string | undefined =>
  schema?.find(({ KeyType }) => KeyType === type)?.AttributeName;

/** Returns an index, if it is one that is modelled: sparse, by two attributes that are text, with keys only. */
const parseIndex = ({ IndexName: name, KeySchema, Projection }: IndexInput): IndexProps => {
  const [partition, sort] = [nameOf(KeySchema, 'HASH'), nameOf(KeySchema, 'RANGE')];
  if (partition === undefined || sort === undefined)
    throw new NotModelledError(`the index ${name} without a sort key`);
  if (Projection?.ProjectionType !== 'KEYS_ONLY')
    throw new NotModelledError(`the index ${name} with more than keys`);
  return { name, partition, sort };
};

const assertModelled = ({
  AttributeDefinitions = [],
  KeySchema,
  LocalSecondaryIndexes = [],
}: CreateTableInput): void => {
  if (nameOf(KeySchema, 'HASH') !== 'pk' || nameOf(KeySchema, 'RANGE') !== 'sk')
    throw new NotModelledError('a table whose keys are not pk and sk');
  const other = AttributeDefinitions.find(({ AttributeType }) => AttributeType !== 'S');
  if (other !== undefined) throw new NotModelledError(`the key ${other.AttributeName} that is not text`);
  if (LocalSecondaryIndexes.length > 0) throw new NotModelledError('local indexes');
};

/** The tables of an engine in memory, with their streams. */
export class MemoryTables {
  readonly #definitions = new Map<string, Definition>();
  readonly #database: MemoryDynamoDb;

  constructor(database: MemoryDynamoDb) {
    this.#database = database;
  }

  create(input: CreateTableInput): object {
    const { TableName: name, GlobalSecondaryIndexes = [], StreamSpecification: stream } = input;
    if (this.#definitions.has(name)) throw inUse(`the table ${name}`);
    assertModelled(input);
    const indexes = GlobalSecondaryIndexes.map(parseIndex);
    this.#database.addTable(name, indexes);
    const viewType = stream?.StreamViewType ?? 'NEW_AND_OLD_IMAGES';
    this.#definitions.set(name, {
      input,
      stream: stream?.StreamEnabled ? new TableStream(name, viewType) : undefined,
      createdAt: Date.now(),
    });
    return { TableDescription: this.#describe(name) };
  }

  describe({ TableName: name }: { readonly TableName: string }): object {
    return { Table: this.#describe(name) };
  }

  list(): object {
    return { TableNames: [...this.#definitions.keys()].sort() };
  }

  delete({ TableName: name }: { readonly TableName: string }): object {
    const description = this.#describe(name);
    this.#definitions.delete(name);
    this.#database.removeTable(name);
    return { TableDescription: { ...description, TableStatus: 'DELETING' } };
  }

  /** Returns the stream of a table; undefined if it has none. */
  streamOf(name: string): TableStream | undefined {
    return this.#definitions.get(name)?.stream;
  }

  findStream(arn: string | undefined): TableStream {
    for (const { stream } of this.#definitions.values())
      if (stream?.arn === arn) return stream as TableStream;
    throw notFound(`the stream ${arn}`);
  }

  #describe(name: string): object {
    const definition = this.#definitions.get(name);
    if (definition === undefined) throw notFound(`the table ${name}`);
    const { input, stream, createdAt } = definition;
    const { GlobalSecondaryIndexes: indexes } = input;
    return {
      TableName: name,
      TableArn: `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`,
      TableStatus: 'ACTIVE',
      CreationDateTime: createdAt / 1_000,
      AttributeDefinitions: input.AttributeDefinitions,
      KeySchema: input.KeySchema,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ItemCount: this.#database.items(name).length,
      ...(indexes && {
        GlobalSecondaryIndexes: indexes.map((index) => ({ ...index, IndexStatus: 'ACTIVE' })),
      }),
      ...(stream && {
        StreamSpecification: input.StreamSpecification,
        LatestStreamArn: stream.arn,
        LatestStreamLabel: stream.label,
      }),
    };
  }
}
