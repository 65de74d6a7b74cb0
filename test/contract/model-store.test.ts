import { afterAll, beforeAll } from 'vitest';
import { createDynamoDbModelStore } from '../../shared/model-store/index.ts';
import { type DynamoDb, startDynamoDb, startMemoryDynamoDb } from '../support/engine.ts';
import { createMemoryWorld } from '../support/world.ts';
import { modelStoreContract } from './model-store.contract.ts';

let dynamoDb: DynamoDb;
let inMemory: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  inMemory = await startMemoryDynamoDb();
});
afterAll(() => Promise.all([dynamoDb?.stop(), inMemory?.stop()]));

modelStoreContract('in memory', async () => createMemoryWorld().models);
modelStoreContract('on DynamoDB', async () =>
  createDynamoDbModelStore({ client: dynamoDb.client, table: dynamoDb.leads }),
);
modelStoreContract('on the engine in memory', async () =>
  createDynamoDbModelStore({ client: inMemory.client, table: inMemory.leads }),
);
