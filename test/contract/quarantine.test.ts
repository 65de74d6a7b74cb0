import {
  type DynamoDBClient,
  PutItemCommand,
  paginateScan,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S } from '../../shared/dynamodb/index.ts';
import {
  computeQuarantineId,
  createDynamoDbQuarantine,
  createDynamoDbQuarantineAdmin,
  type StepTaken,
} from '../../shared/quarantine/index.ts';
import { partItems } from '../../shared/quarantine/text-parts.ts';
import { type DynamoDb, startDynamoDb, startMemoryDynamoDb } from '../support/engine.ts';
import { buildEntry } from '../support/events.ts';
import { createMemoryWorld } from '../support/world.ts';
import { quarantineContract } from './quarantine.contract.ts';

let dynamoDb: DynamoDb;
let engineInMemory: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
  engineInMemory = await startMemoryDynamoDb();
});
afterAll(() => Promise.all([dynamoDb?.stop(), engineInMemory?.stop()]));

const openOn = ({ client, quarantine }: DynamoDb) => ({
  ...createDynamoDbQuarantine(client, quarantine),
  ...createDynamoDbQuarantineAdmin(client, quarantine),
});
const onDynamoDb = () => openOn(dynamoDb);

quarantineContract('on DynamoDB', async () => onDynamoDb());
quarantineContract('on the engine in memory', async () => openOn(engineInMemory));

const { quarantine: inMemory } = createMemoryWorld();
quarantineContract('in a DynamoDB in memory', async () => inMemory);

describe('an erasure while a step is noted', () => {
  const by = { actor: 'erase-lead', at: '2026-03-02T00:00:00.000Z' };
  const buildBody = (leadId: string, stage: string): string =>
    JSON.stringify(buildEntry({ type: 'LeadStageChanged', data: { leadId, stage }, id: 'e-1' }));
  const store = async (leadId: string): Promise<string> => {
    const body = buildBody(leadId, 'prospect');
    await onDynamoDb().store({
      body,
      rejection: { code: 'malformed', problems: [{ path: 'stage', given: '"prospect"', allowed: 'lead' }] },
      origin: 'events',
      receivedAt: '2026-03-01T00:00:00.000Z',
    });
    return computeQuarantineId(body);
  };
  const buildStep = (leadId: string): StepTaken => ({
    step: 'corrected',
    actor: 'ann',
    at: '2026-03-01T12:00:00.000Z',
    note: 'asked Jane',
    corrected: buildBody(leadId, 'mql'),
    times: 1,
  });
  /** Returns a client that awaits `act` before its first command of a kind. */
  const disturbed = (Kind: new (...given: never) => object, act: () => Promise<unknown>): DynamoDBClient => {
    let isDone = false;
    const send = async (command: PutItemCommand): Promise<unknown> => {
      if (!isDone && command instanceof Kind) {
        isDone = true;
        await act();
      }
      return dynamoDb.client.send(command);
    };
    return Object.create(dynamoDb.client, { send: { value: send } });
  };

  it.each([
    ['corrected text is stored', PutItemCommand],
    ['step is stored', TransactWriteItemsCommand],
  ])('leaves nothing of it, if it comes before the %s', async (_what, Kind) => {
    const leadId = `l-${Kind.name}`;
    const id = await store(leadId);
    const client = disturbed(Kind, () => onDynamoDb().redactLead(leadId, by));
    const admin = createDynamoDbQuarantineAdmin(client, dynamoDb.quarantine);
    expect(await admin.note(id, buildStep(leadId))).toBe('gone');
    expect(JSON.stringify(await onDynamoDb().read(id))).not.toMatch(/mql|Jane|prospect/);
  });

  it('starts again if the step was noted after it had read the event', async () => {
    const leadId = 'l-read-before';
    const id = await store(leadId);
    const client = disturbed(TransactWriteItemsCommand, async () =>
      expect(await onDynamoDb().note(id, buildStep(leadId))).toBe('noted'),
    );
    await createDynamoDbQuarantine(client, dynamoDb.quarantine).redactLead(leadId, by);
    const record = await onDynamoDb().read(id);
    expect(record?.steps.map(({ step }) => step)).toEqual(['corrected', 'erased']);
    expect(JSON.stringify(record)).not.toMatch(/mql|Jane|prospect/);
  });
});

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
