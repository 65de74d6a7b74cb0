import { createHash } from 'node:crypto';
import { type AttributeValue, paginateQuery, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tier } from '../../events/index.ts';
import { buildTierKey, tierIndex } from '../../shared/keys/index.ts';
import { decideAll } from '../../shared/lead/index.ts';
import { createDynamoDbLedger, prepareCommit } from '../../shared/ledger/index.ts';
import { createDynamoDbQuarantine } from '../../shared/quarantine/index.ts';
import { type DynamoDb, startDynamoDb } from '../support/engine.ts';
import { buildSignal } from '../support/events.ts';
import { compileDocument, smallDocument } from '../support/models.ts';
import { storedAfter } from '../support/stored.ts';
import { ledgerContract } from './ledger.contract.ts';

let dynamoDb: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb?.stop());

const onDynamoDb = () => createDynamoDbLedger({ client: dynamoDb.client, table: dynamoDb.leads });

ledgerContract('on DynamoDB', async () => onDynamoDb());

describe('the index by tier', () => {
  const inTier = async (tier: Tier): Promise<(string | undefined)[]> => {
    const { Items = [] } = await dynamoDb.client.send(
      new QueryCommand({
        TableName: dynamoDb.leads,
        IndexName: tierIndex.name,
        KeyConditionExpression: 'tierKey = :tier',
        ExpressionAttributeValues: { ':tier': { S: buildTierKey(tier, 'indexed') } },
      }),
    );
    return Items.map(({ pk }) => pk?.S).filter((pk) => pk?.includes('indexed'));
  };

  it('holds a lead while it has a tier, under the tier that it has, and never one without', async () => {
    const model = compileDocument(smallDocument());
    const ledger = onDynamoDb();
    const buildProfile = (data: object, id: string) =>
      buildSignal({ type: 'LeadProfileUpdated', data: { leadId: 'indexed', ...data }, id });
    const first = prepareCommit(
      decideAll(model, undefined, [buildProfile({ attributes: { seniority: 'staff' } }, 'e-1')], 0),
    );
    await ledger.append(first);
    expect(await inTier('none')).toEqual([]);
    const second = prepareCommit(
      decideAll(
        model,
        storedAfter(first),
        [
          buildSignal({
            type: 'LeadProfileUpdated',
            data: { leadId: 'indexed', attributes: { seniority: 'executive' } },
            at: '2026-03-02T00:00:00.000Z',
            id: 'e-2',
          }),
        ],
        0,
      ),
    );
    await ledger.append(second);
    expect(await inTier(second.commit.state.tier)).toEqual(['LEAD#indexed']);
    const third = prepareCommit(
      decideAll(
        model,
        storedAfter(second),
        [
          buildSignal({
            type: 'LeadProfileUpdated',
            data: { leadId: 'indexed', attributes: { seniority: null } },
            at: '2026-03-03T00:00:00.000Z',
            id: 'e-3',
          }),
        ],
        0,
      ),
    );
    await ledger.append(third);
    expect(third.commit.state.tier).toBe('none');
    expect(await inTier(second.commit.state.tier)).toEqual([]);
  });
});

describe('the quarantine on DynamoDB', () => {
  const storeBody = async (body: string) => {
    const quarantine = createDynamoDbQuarantine(dynamoDb.client, dynamoDb.quarantine);
    const store = (receivedAt: string) =>
      quarantine.store({
        body,
        rejection: { code: 'not-json', problems: [{ path: 'x', given: 'y', allowed: 'z' }] },
        origin: 'bus',
        receivedAt,
      });
    await store('2026-03-01T00:00:00.000Z');
    await store('2026-03-02T00:00:00.000Z');
    const pk = createHash('sha256').update(body).digest('hex').slice(0, 32);
    const items: Record<string, AttributeValue>[] = [];
    const pages = paginateQuery(
      { client: dynamoDb.client },
      {
        TableName: dynamoDb.quarantine,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
      },
    );
    for await (const { Items = [] } of pages) items.push(...Items);
    return items;
  };

  it('keeps a megabyte whole, counts each delivery, and keeps when it came first and last', async () => {
    const body = `not json ${'é🙂'.repeat(180_000)}`;
    const [meta, ...parts] = await storeBody(body);
    expect(meta).toMatchObject({
      times: { N: '2' },
      parts: { N: String(parts.length) },
      receivedAt: { S: '2026-03-01T00:00:00.000Z' },
      lastReceivedAt: { S: '2026-03-02T00:00:00.000Z' },
    });
    expect(
      Buffer.concat(parts.map(({ body: part }) => part?.B ?? new Uint8Array())).toString() === body,
    ).toBe(true);
  });

  it('keeps an event whose fields are no Unicode', async () => {
    const [meta] = await storeBody(
      JSON.stringify({ source: '\ud800', detail: { data: { leadId: 'a\udc00' } } }),
    );
    expect(meta).toMatchObject({ rejectedSource: { S: '\ufffd' }, leadId: { S: 'a\ufffd' } });
  });
});
