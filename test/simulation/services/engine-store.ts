import {
  type AttributeValue,
  DescribeTableCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { createWire, type DynamoDbWire } from '../../../infra/local/dynamodb-wire.ts';
import type { Change } from '../../../infra/local/engine/memory/database.ts';
import type { Command } from '../../../infra/local/engine/memory/memory-dynamodb.ts';
import type { StreamRecord } from '../../../infra/local/stream-record.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { createIntegrationTables, startDynamoDb } from '../../support/engine.ts';
import type { Store, TableName } from './database.ts';

type Image = Readonly<Record<string, unknown>>;

/** Returns the item in an image of the stream, in which bytes are base64. */
const parseImageItem = (image: Image): Item =>
  Object.fromEntries(
    Object.entries(image as Record<string, { B?: string }>).map(([name, value]) => [
      name,
      (value.B === undefined ? value : { B: Buffer.from(value.B, 'base64') }) as AttributeValue,
    ]),
  );

/** Returns an item with bytes as buffers, as all other code here expects them. */
const withBuffers = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B === undefined ? value : { B: Buffer.from(value.B) },
    ]),
  );

/**
 * Returns the change in a stream record. A record without an old image still shows whether there was an item before.
 */
const parseRecordChange = (table: TableName, { eventName, dynamodb }: StreamRecord): Change => {
  const { pk, sk } = dynamodb.Keys as { pk: { S: string }; sk: { S: string } };
  const { NewImage, OldImage = {} } = dynamodb;
  return {
    table,
    key: { pk: pk.S, sk: sk.S },
    before: eventName === 'INSERT' ? undefined : parseImageItem(OldImage),
    after: NewImage && parseImageItem(NewImage),
  };
};

interface Page {
  readonly Records?: readonly StreamRecord[];
  readonly NextShardIterator?: string;
}

/** A reader of the stream of a table; each read returns the records since the one before. */
class StreamReader {
  readonly #wire: DynamoDbWire;
  readonly #iterators: Map<string, string>;

  constructor(wire: DynamoDbWire, iterators: Map<string, string>) {
    this.#wire = wire;
    this.#iterators = iterators;
  }

  static async open(wire: DynamoDbWire, StreamArn: string): Promise<StreamReader> {
    const { StreamDescription } = await wire.call<{
      StreamDescription: { Shards: { ShardId: string }[] };
    }>('DynamoDBStreams_20120810.DescribeStream', { StreamArn });
    const iterators = new Map<string, string>();
    for (const { ShardId } of StreamDescription.Shards) {
      const input = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
      const { ShardIterator } = await wire.call<{ ShardIterator: string }>(
        'DynamoDBStreams_20120810.GetShardIterator',
        input,
      );
      iterators.set(ShardId, ShardIterator);
    }
    return new StreamReader(wire, iterators);
  }

  async read(): Promise<StreamRecord[]> {
    const records: StreamRecord[] = [];
    for (const [shard, ShardIterator] of this.#iterators) {
      const page = await this.#wire.call<Page>('DynamoDBStreams_20120810.GetRecords', { ShardIterator });
      records.push(...(page.Records ?? []));
      if (page.NextShardIterator !== undefined) this.#iterators.set(shard, page.NextShardIterator);
    }
    return records;
  }
}

const readEndpoint = async (client: DynamoDBClient): Promise<string> => {
  const { protocol, hostname, port } = (await client.config.endpoint?.()) ?? {};
  return `${protocol}//${hostname}:${port}`;
};

const openReaders = async (client: DynamoDBClient, tables: Store['tables'], wire: DynamoDbWire) => {
  const open = async (table: TableName) => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tables[table] }));
    return { table, reader: await StreamReader.open(wire, Table?.LatestStreamArn ?? '') };
  };
  return Promise.all((Object.keys(tables) as TableName[]).map(open));
};

/** Opens the tables on a DynamoDB engine, with the engine's own streams. */
export const createEngineStore = async (): Promise<Store> => {
  const dynamoDb = await startDynamoDb();
  const { client, leads, quarantine, stop } = dynamoDb;
  const tables = { leads, quarantine, ...(await createIntegrationTables(dynamoDb)) };
  const wire = createWire({ endpoint: await readEndpoint(client) });
  const readers = await openReaders(client, tables, wire);
  let isWritten = false;
  const execute = (command: Command): Promise<object> => {
    isWritten = true;
    return client.send(command as never);
  };
  const takeChanges = async (): Promise<Change[]> => {
    if (!isWritten) return [];
    isWritten = false;
    const changes: Change[] = [];
    for (const { table, reader } of readers) {
      for (const record of await reader.read()) changes.push(parseRecordChange(table, record));
    }
    return changes;
  };
  const items = async (table: TableName): Promise<Item[]> => {
    const pages = paginateScan({ client }, { TableName: tables[table], ConsistentRead: true });
    const found: Item[] = [];
    for await (const { Items = [] } of pages) found.push(...Items.map(withBuffers));
    return found.sort((a, b) => (`${a.pk?.S}\n${a.sk?.S}` < `${b.pk?.S}\n${b.sk?.S}` ? -1 : 1));
  };
  const close = async () => {
    wire.close();
    await stop();
  };
  return { tables, execute, takeChanges, items, stop: close };
};
