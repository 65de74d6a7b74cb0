import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { type Engine, startEngine } from '../../infra/local/engine/engine.ts';

const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });

const index = (IndexName: string, partition: string) => ({
  IndexName,
  KeySchema: [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: 'pk', KeyType: 'RANGE' as const },
  ],
  Projection: { ProjectionType: 'KEYS_ONLY' as const },
});

/** Returns the leads table with its sparse indexes, as it is deployed. */
const leadsTable = (TableName: string): CreateTableCommandInput => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'tierKey'].map(string),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [index('by-tier', 'tierKey')],
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

export interface DynamoDb {
  readonly client: DynamoDBClient;
  readonly leads: string;
  readonly quarantine: string;
  readonly stop: () => Promise<void>;
}

/** Starts a DynamoDB engine with both tables, or creates tables of its own in the one at `DYNAMODB_ENDPOINT`. */
export const startDynamoDb = async (): Promise<DynamoDb> => {
  const engine: Engine = await startEngine(process.env.DYNAMODB_ENDPOINT);
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const suffix = `${process.pid}-${Date.now()}`;
  const [leads, quarantine] = [`leads-${suffix}`, `quarantine-${suffix}`];
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
