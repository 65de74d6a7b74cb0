import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { manageQuarantine } from '../../../functions/manage-quarantine/manage-quarantine.ts';
import { createDynamoDbDeliveries } from '../../../shared/deliveries/index.ts';
import { S } from '../../../shared/dynamodb/index.ts';
import { subscriptionStateKey } from '../../../shared/keys/index.ts';
import { createDynamoDbRequests } from '../../../shared/requests/index.ts';
import { apiRequest, bodyOf, type RequestProps } from '../../support/api-request.ts';
import { createHealthDeps } from '../../support/health-deps.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { createRecordingBus } from '../../support/recording-bus.ts';
import { indexes } from '../../support/tables.ts';

const now = Date.parse('2026-03-10T09:30:00.000Z');
const iso = (at: number) => new Date(at).toISOString();
const fail = (): Promise<never> => Promise.reject(new Error('no network'));

let client: ReturnType<typeof memoryClient>;
beforeEach(() => {
  client = memoryClient({ tables: indexes });
});

const ask = async (props: RequestProps = {}) => {
  const handle = manageQuarantine({
    quarantine: { readPage: fail, read: fail, note: fail },
    requests: createDynamoDbRequests({ client, table: 'requests', now: () => now }),
    bus: createRecordingBus([]),
    health: createHealthDeps(client),
    now: () => now,
  });
  const path = { subscription: 'crm' };
  const answer = await handle(apiRequest('getDelivery', { role: 'admin', path, ...props }));
  if (answer.statusCode === 200)
    expect(answers.getDelivery.safeParse(bodyOf(answer)).error?.issues).toBeUndefined();
  return answer;
};

const deliveries = () => createDynamoDbDeliveries({ client, table: 'deliveries' });

/** Plans a delivery of a lead, a number of seconds ago, and returns it. */
const plan = async (leadId: string, secondsAgo: number) => {
  const at = iso(now - secondsAgo * 1_000);
  const delivery = {
    ...{ subscription: 'crm', eventId: `e-${leadId}`, type: 'LeadTierChanged' as const, leadId },
    ...{ version: 1, ordinal: 0, occurredAt: at, plannedAt: at, data: { note: 'Secretville' } },
  };
  await deliveries().plan(delivery);
  const [stored] = await deliveries().readLead('crm', leadId);
  if (stored === undefined) throw new Error('nothing was planned');
  return stored;
};

it('shows attempts with their answers and the next try, and nothing of what is sent', async () => {
  const delivery = await plan('l-1', 60);
  const attempt = { at: iso(now - 50_000), ms: 120, result: 'retry' as const, status: 503 };
  await deliveries().retry(delivery, { attempt, tries: 1, at: now + 60_000 });
  const answer = await ask();
  expect(bodyOf(answer)).toMatchObject({
    subscription: 'crm',
    kind: 'webhook',
    state: 'sending',
    waiting: 1,
    failed: 0,
    entries: [
      {
        id: 'e-l-1',
        type: 'LeadTierChanged',
        leadId: 'l-1',
        state: 'waiting',
        nextTryAt: iso(now + 60_000),
        endedAt: null,
        attempts: [attempt],
      },
    ],
    cursor: null,
  });
  expect(answer.body).not.toContain('Secretville');
});

it('says why a subscription is paused, and what failed', async () => {
  const delivery = await plan('l-1', 60);
  await deliveries().end(delivery, { state: 'failed', at: now - 1_000, reason: 'answered with 400' });
  await deliveries().pause('crm', now);
  expect(bodyOf(await ask())).toMatchObject({
    state: 'paused',
    pausedBecause: 'by-hand',
    pausedAt: iso(now),
    waiting: 0,
    failed: 1,
    entries: [{ state: 'failed', reason: 'answered with 400', nextTryAt: null, endedAt: iso(now - 1_000) }],
  });
});

it('tells a target that fails from one to which nothing is sent for a while', async () => {
  const { pk, sk } = subscriptionStateKey('crm');
  const item = { pk: S(pk), sk: S(sk), failures: { N: '3' }, openings: { N: '1' } };
  const openUntil = S(iso(now + 60_000));
  await client.send(new PutItemCommand({ TableName: 'deliveries', Item: item }));
  expect(bodyOf(await ask())).toMatchObject({ state: 'failing', failures: 3, heldUntil: null });
  await client.send(
    new UpdateItemCommand({
      TableName: 'deliveries',
      Key: { pk: S(pk), sk: S(sk) },
      UpdateExpression: 'SET openUntil = :until',
      ExpressionAttributeValues: { ':until': openUntil },
    }),
  );
  expect(bodyOf(await ask())).toMatchObject({ state: 'held', heldUntil: openUntil.S });
});

it('shows each delivery once, page by page, the latest first, whatever its state', async () => {
  for (let i = 0; i < 7; i++) {
    const delivery = await plan(`l-${i}`, 100 - i);
    if (i % 2 === 0) await deliveries().end(delivery, { state: 'delivered', at: now - (100 - i) * 1_000 });
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const body = bodyOf(await ask({ query: { limit: '2', ...(cursor && { cursor }) } }));
    seen.push(...body.entries.map(({ leadId }: { leadId: string }) => leadId));
    cursor = body.cursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(['l-6', 'l-5', 'l-4', 'l-3', 'l-2', 'l-1', 'l-0']);
});

it('refuses a subscription that is not deployed, and names those that are', async () => {
  const answer = await ask({ path: { subscription: 'other' } });
  expect(answer.statusCode).toBe(404);
  expect(bodyOf(answer).errors).toEqual([{ path: 'path.subscription', given: '"other"', allowed: 'crm' }]);
});
