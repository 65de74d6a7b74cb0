import { afterAll, beforeAll } from 'vitest';
import { createDynamoDbModels } from '../../shared/model-store/index.ts';
import { type DynamoDb, startDynamoDb } from '../support/engine.ts';
import { createMemoryModels } from '../support/memory-model-store.ts';
import { keptModelsContract } from './model-store.contract.ts';

let dynamoDb: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb?.stop());

keptModelsContract('in memory', async () => createMemoryModels());
keptModelsContract('on DynamoDB', async () =>
  createDynamoDbModels({ client: dynamoDb.client, table: dynamoDb.leads }),
);
