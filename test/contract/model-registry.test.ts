import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import type { TableProps } from '../../shared/dynamodb/index.ts';
import { type DynamoDb, startDynamoDb, startMemoryDynamoDb } from '../support/engine.ts';
import { memoryClient } from '../support/memory-dynamodb.ts';
import { modelRegistryContract } from './model-registry.contract.ts';

let dynamoDb: DynamoDb;
let inMemory: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  inMemory = await startMemoryDynamoDb();
});
afterAll(() => Promise.all([dynamoDb?.stop(), inMemory?.stop()]));

let tables = 0;

/** Creates an empty table: there is only one pointer in each. */
const createTable = async ({ client }: DynamoDb): Promise<TableProps> => {
  const table = `models-${++tables}`;
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  return { client, table };
};

modelRegistryContract('in memory', async () => ({
  client: memoryClient({ tables: { leads: [] } }),
  table: 'leads',
}));
modelRegistryContract('on DynamoDB', () => createTable(dynamoDb));
modelRegistryContract('on the engine in memory', () => createTable(inMemory));
