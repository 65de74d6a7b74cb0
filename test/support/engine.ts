import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { type Engine, startEngine } from '../../infra/local/engine/engine.ts';
import { createMemoryEngine } from '../../infra/local/engine/memory/memory-engine.ts';
import { serve } from '../../infra/local/engine/memory/serve.ts';

const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });

const index = (IndexName: string, partition: string, sort = 'pk') => ({
  IndexName,
  KeySchema: [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ],
  Projection: { ProjectionType: 'KEYS_ONLY' as const },
});

/** Returns the leads table with its sparse indexes, as it is deployed. */
const leadsTable = (TableName: string): CreateTableCommandInput => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'tierKey', 'dueKey', 'dueAt', 'queue', 'handoffStatus'].map(string),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    index('by-tier', 'tierKey'),
    index('by-due', 'dueKey', 'dueAt'),
    index('by-queue', 'queue', 'handoffStatus'),
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
});

const quarantineTable = (TableName: string): CreateTableCommandInput => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'leadId'].map(string),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [index('by-lead', 'leadId')],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
});

const plainTable = (TableName: string): CreateTableCommandInput => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk'].map(string),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
});

const deliveriesTable = (TableName: string): CreateTableCommandInput => ({
  ...plainTable(TableName),
  AttributeDefinitions: ['pk', 'sk', 'timeKey', 'time'].map(string),
  GlobalSecondaryIndexes: [index('by-time', 'timeKey', 'time')],
});

/** The tables of webhooks, identity and deliveries. */
export interface IntegrationTables {
  readonly identities: string;
  readonly requests: string;
  readonly deliveries: string;
}

/** Creates the tables of webhooks, identity and deliveries beside the two of a started engine. */
export const createIntegrationTables = async ({
  client,
  leads,
}: Pick<DynamoDb, 'client' | 'leads'>): Promise<IntegrationTables> => {
  const names = {
    identities: `identities-of-${leads}`,
    requests: `requests-of-${leads}`,
    deliveries: `deliveries-of-${leads}`,
  };
  await client.send(new CreateTableCommand(plainTable(names.identities)));
  await client.send(new CreateTableCommand(plainTable(names.requests)));
  await client.send(new CreateTableCommand(deliveriesTable(names.deliveries)));
  return names;
};

export interface DynamoDb {
  readonly client: DynamoDBClient;
  readonly leads: string;
  readonly quarantine: string;
  readonly stop: () => Promise<void>;
}

type Tables = Pick<DynamoDb, 'leads' | 'quarantine'>;

const newNames = (): Tables => {
  const suffix = `${process.pid}-${Date.now()}`;
  return { leads: `leads-${suffix}`, quarantine: `quarantine-${suffix}` };
};

const openTables = async (
  engine: Pick<Engine, 'endpoint' | 'external' | 'stop'>,
  { leads, quarantine }: Tables,
): Promise<DynamoDb> => {
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await client.send(new CreateTableCommand(leadsTable(leads)));
  await client.send(new CreateTableCommand(quarantineTable(quarantine)));
  const stop = async () => {
    if (engine.external)
      for (const TableName of [leads, quarantine]) await client.send(new DeleteTableCommand({ TableName }));
    client.destroy();
    await engine.stop();
  };
  return { client, leads, quarantine, stop };
};

/** Starts a DynamoDB engine with both tables, or creates tables of its own in the one at `DYNAMODB_ENDPOINT`. */
export const startDynamoDb = async (): Promise<DynamoDb> =>
  openTables(await startEngine(process.env.DYNAMODB_ENDPOINT), newNames());

/** Starts the engine that takes the place of one without a binary, with both tables. */
export const startMemoryDynamoDb = async (names = newNames()): Promise<DynamoDb> =>
  openTables({ ...(await serve(createMemoryEngine())), external: false }, names);
