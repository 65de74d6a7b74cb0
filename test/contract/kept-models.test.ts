import { afterAll, beforeAll } from 'vitest';
import { createDynamoDbModels } from '../../shared/ledger/index.ts';
import { type DynamoDb, startDynamoDb } from '../support/engine.ts';
import { createMemoryWorld } from '../support/world.ts';
import { keptModelsContract } from './kept-models.contract.ts';

let dynamoDb: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb?.stop());

keptModelsContract('in memory', async () => createMemoryWorld().models);
keptModelsContract('on DynamoDB', async () =>
  createDynamoDbModels({ client: dynamoDb.client, table: dynamoDb.leads }),
);
