import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { type DynamoDb, startDynamoDb, startMemoryDynamoDb } from '../support/engine.ts';
import { memoryClient } from '../support/memory-dynamodb.ts';
import { funnelCountsContract } from './funnel-counts.contract.ts';

let dynamoDb: DynamoDb;
let inMemory: DynamoDb;
let plain: DynamoDBClient;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  inMemory = await startMemoryDynamoDb();
  plain = memoryClient({ tables: { leads: [] } });
});
afterAll(() => Promise.all([dynamoDb?.stop(), inMemory?.stop()]));

funnelCountsContract('in memory', () => ({ client: plain, table: 'leads' }));
funnelCountsContract('on DynamoDB', () => ({ client: dynamoDb.client, table: dynamoDb.leads }));
funnelCountsContract('on the engine in memory', () => ({ client: inMemory.client, table: inMemory.leads }));
