import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Change } from '../../infra/local/engine/memory/database.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import { createDynamoDbLedger, type Ledger } from '../../shared/ledger/index.ts';
import { loadModel } from '../../shared/model-store/index.ts';
import {
  createDynamoDbQuarantine,
  createDynamoDbQuarantineAdmin,
  type Quarantine,
  type QuarantineAdmin,
  type QuarantineRedactor,
} from '../../shared/quarantine/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { memoryClient } from './memory-dynamodb.ts';
import { storeModel } from './store-model.ts';
import { indexes } from './tables.ts';

/** The real ledger over a table in memory, with access to its items for tests. */
export interface MemoryLedger extends Ledger {
  /** Returns the items of the leads table, by partition and sort key. */
  readonly items: () => Item[];
  readonly item: (pk: string, sk: string) => Item | undefined;
  readonly put: (item: Item) => void;
  /** Calls a listener with each item written to the leads table, in order, as its stream would. */
  readonly onWrite: (listener: (item: Item) => void) => void;
}

export interface MemoryWorld {
  readonly client: DynamoDBClient;
  readonly ledger: MemoryLedger;
  readonly quarantine: Quarantine & QuarantineRedactor & QuarantineAdmin;
  readonly models: {
    /** Stores a model without activating it. */
    readonly ensureStored: (version: string, document: ModelDocument) => Promise<void>;
    readonly load: (version: string) => Promise<ModelDocument | undefined>;
  };
  /** Returns the items of the quarantine table. */
  readonly quarantined: () => Item[];
}

/**
 * Creates the product's adapters over a fresh DynamoDB in memory.
 *
 * @example
 * const { ledger, models } = createMemoryWorld();
 * await ledger.append(prepareCommit(decideAll(model, undefined, [event])));
 */
export const createMemoryWorld = (): MemoryWorld => {
  const listeners: ((item: Item) => void)[] = [];
  const onChange = ({ table, after }: Change) => {
    if (table === 'leads' && after !== undefined) for (const listener of listeners) listener(after);
  };
  const client = memoryClient({ tables: indexes, onChange });
  const { memory } = client;
  const items = () => memory.items('leads');
  return {
    client,
    ledger: {
      ...createDynamoDbLedger({ client, table: 'leads' }),
      items,
      item: (pk, sk) => items().find((item) => item.pk?.S === pk && item.sk?.S === sk),
      put: (item) => void memory.execute(new PutItemCommand({ TableName: 'leads', Item: item })),
      onWrite: (listener) => void listeners.push(listener),
    },
    quarantine: {
      ...createDynamoDbQuarantine(client, 'quarantine'),
      ...createDynamoDbQuarantineAdmin(client, 'quarantine'),
    },
    models: {
      ensureStored: (version, document) => storeModel({ client, table: 'leads' }, { version, document }),
      load: (version) => loadModel({ client, table: 'leads' }, version),
    },
    quarantined: () => memory.items('quarantine'),
  };
};
