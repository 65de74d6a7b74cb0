import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { type DynamoDb, startDynamoDb, startMemoryDynamoDb } from '../support/engine.ts';
import { memoryClient } from '../support/memory-dynamodb.ts';
import { followUpsContract, type OpenFollowUps } from './follow-ups.contract.ts';
import { nurtureContract } from './nurture.contract.ts';

let dynamoDb: DynamoDb;
let inMemory: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  inMemory = await startMemoryDynamoDb();
});
afterAll(() => Promise.all([dynamoDb?.stop(), inMemory?.stop()]));

const openOn = (client: DynamoDBClient, table: string): OpenFollowUps => ({
  followUps: createDynamoDbFollowUps(client, table),
  readItems: async (leadId) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: `LEAD#${leadId}` } },
        ConsistentRead: true,
      }),
    );
    return Items;
  },
});

followUpsContract('in memory', async () => openOn(memoryClient({ tables: { leads: [] } }), 'leads'));
// Every query ends after one item, which shows that all pages are read.
followUpsContract('in memory, a page an item', async () => {
  const client = memoryClient({ tables: { leads: [] }, pageItems: () => 1 });
  const readItems = async (leadId: string) =>
    client.memory.items('leads').filter(({ pk }) => pk?.S === `LEAD#${leadId}`);
  return { followUps: createDynamoDbFollowUps(client, 'leads'), readItems };
});
followUpsContract('on DynamoDB', async () => openOn(dynamoDb.client, dynamoDb.leads));
followUpsContract('on the engine in memory', async () => openOn(inMemory.client, inMemory.leads));

nurtureContract('in memory', async () => openOn(memoryClient({ tables: { leads: [] } }), 'leads'));
nurtureContract('on DynamoDB', async () => openOn(dynamoDb.client, dynamoDb.leads));
nurtureContract('on the engine in memory', async () => openOn(inMemory.client, inMemory.leads));
