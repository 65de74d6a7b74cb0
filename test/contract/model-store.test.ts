import { afterAll, beforeAll } from 'vitest';
import { createDynamoDbModelStore } from '../../shared/model-store/index.ts';
import { type DynamoDb, startDynamoDb } from '../support/engine.ts';
import { createMemoryWorld } from '../support/world.ts';
import { modelStoreContract } from './model-store.contract.ts';

let dynamoDb: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb?.stop());

modelStoreContract('in memory', async () => createMemoryWorld().models);
modelStoreContract('on DynamoDB', async () =>
  createDynamoDbModelStore({ client: dynamoDb.client, table: dynamoDb.leads }),
);
