import { PutItemCommand, paginateScan, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S } from '../../shared/dynamodb/index.ts';
import {
  computeQuarantineId,
  createDynamoDbQuarantine,
  createDynamoDbQuarantineAdmin,
} from '../../shared/quarantine/index.ts';
import { partItems } from '../../shared/quarantine/text-parts.ts';
import { type DynamoDb, startDynamoDb } from '../support/engine.ts';
import { buildEntry } from '../support/events.ts';
import { createMemoryWorld } from '../support/world.ts';
import { quarantineContract } from './quarantine.contract.ts';

let dynamoDb: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb?.stop());

const onDynamoDb = () => ({
  ...createDynamoDbQuarantine(dynamoDb.client, dynamoDb.quarantine),
  ...createDynamoDbQuarantineAdmin(dynamoDb.client, dynamoDb.quarantine),
});

quarantineContract('on DynamoDB', async () => onDynamoDb());

const { quarantine: inMemory } = createMemoryWorld();
quarantineContract('in a DynamoDB in memory', async () => inMemory);

describe('what an erasure leaves in the table of the quarantine', () => {
  const secret = 'ann@example.org';
  const by = { actor: 'erase-lead', at: '2026-03-02T00:00:00.000Z' };
  const body = JSON.stringify(
    buildEntry({ type: 'LeadStageChanged', data: { leadId: 'l-secret', stage: secret }, id: 'e-secret' }),
  );
  const everything = async (): Promise<string> => {
    const items: object[] = [];
    const pages = paginateScan({ client: dynamoDb.client }, { TableName: dynamoDb.quarantine });
    for await (const { Items = [] } of pages) items.push(...Items);
    return JSON.stringify(items, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    );
  };

  it('holds neither the id of the lead nor anything that was said of it', async () => {
    await onDynamoDb().store({
      body,
      rejection: { code: 'malformed', problems: [{ path: 'stage', given: secret, allowed: 'lead' }] },
      origin: `${secret}.jsonl:1`,
      receivedAt: '2026-03-01T00:00:00.000Z',
    });
    expect(await everything()).toContain(secret);
    await onDynamoDb().redactLead('l-secret', by);
    const left = await everything();
    expect(left).not.toContain(secret);
    expect(left).not.toContain('l-secret');
    expect(left).toContain('"erased"');
  });

  it('is nothing of a text either whose head was never written', async () => {
    const id = computeQuarantineId(body);
    for (const Item of partItems(id, body, 2_000_000_000))
      await dynamoDb.client.send(new PutItemCommand({ TableName: dynamoDb.quarantine, Item }));
    expect(await everything()).toContain(secret);
    expect(await onDynamoDb().redactLead('l-secret', by)).toBe(1);
    expect(await everything()).not.toContain(secret);
  });

  it('is out of the index', async () => {
    const { Count } = await dynamoDb.client.send(
      new QueryCommand({
        TableName: dynamoDb.quarantine,
        IndexName: 'by-lead',
        KeyConditionExpression: 'leadId = :lead',
        ExpressionAttributeValues: { ':lead': S('l-secret') },
      }),
    );
    expect(Count).toBe(0);
  });
});
