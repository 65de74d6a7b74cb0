import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { outboundContracts, parseAction } from '../../events/index.ts';
import { newHandoffId } from '../../functions/hand-off/follow-action.ts';
import { handOff } from '../../functions/hand-off/hand-off.ts';
import { startNurture } from '../../functions/start-nurture/start-nurture.ts';
import { batchOf, failedIds } from '../support/deliveries.ts';
import { type DynamoDb, startDynamoDb } from '../support/engine.ts';
import { entryOf, now } from '../support/events.ts';

/** The consumers' idempotency is a condition that only a database can judge. */
let dynamoDb: DynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb?.stop());

let leadId = '';
let count = 0;
beforeEach(() => {
  leadId = `followed-${++count}`;
});

const { sampleEntry } = outboundContracts.LeadTierChanged;
const announced = (version: number, action: object, ordinal = 0) => ({
  ...sampleEntry,
  detail: { ...sampleEntry.detail, data: { ...sampleEntry.detail.data, leadId, version, ordinal, action } },
});
const none = { kind: 'none' };
const nurture = (track: string) => ({ kind: 'nurture', track });
const handoff = { kind: 'handoff', queue: 'sales', dueHours: 24 };

describe('the nurture track of a lead', () => {
  const follow = async (...entries: unknown[]) => {
    for (const entry of entries) {
      const answer = await startNurture({ client: dynamoDb.client, table: dynamoDb.leads })(batchOf(entry));
      expect(failedIds(answer)).toEqual([]);
    }
    const { Item } = await dynamoDb.client.send(
      new GetItemCommand({
        TableName: dynamoDb.leads,
        Key: { pk: { S: `LEAD#${leadId}` }, sk: { S: 'NURTURE' } },
        ConsistentRead: true,
      }),
    );
    return Item;
  };

  it('is the one that the latest announcement asks for, in whatever order they come', async () => {
    const [first, second, third] = [
      announced(1, nurture('a')),
      announced(2, nurture('b')),
      announced(10, nurture('c')),
    ];
    expect(await follow(first, second, third)).toMatchObject({ track: { S: 'c' }, version: { N: '10' } });
    leadId = `${leadId}-again`;
    const rename = (entry: ReturnType<typeof announced>) =>
      announced(entry.detail.data.version, entry.detail.data.action);
    expect(await follow(rename(third), rename(first), rename(second))).toMatchObject({
      track: { S: 'c' },
      version: { N: '10' },
    });
  });

  it('is none where the latest asks for something else, and an older one does not bring it back', async () => {
    const item = await follow(announced(1, nurture('a')), announced(3, none), announced(2, nurture('b')));
    expect(item).toMatchObject({ version: { N: '3' } });
    expect(item).not.toHaveProperty('track');
  });

  it('goes by the place within a commit, too', async () => {
    expect(await follow(announced(1, nurture('late'), 12), announced(1, nurture('early'), 2))).toMatchObject({
      track: { S: 'late' },
    });
  });

  it('stays as it is when an announcement comes again', async () => {
    const before = await follow(announced(4, nurture('a')));
    expect(await follow(announced(4, nurture('a')))).toEqual(before);
  });
});

describe('the hand-offs of a lead', () => {
  const follow = async (...entries: unknown[]) => {
    for (const entry of entries) {
      const deps = { client: dynamoDb.client, table: dynamoDb.leads, now: () => now };
      expect(failedIds(await handOff(deps)(batchOf(entry)))).toEqual([]);
    }
    const { Items = [] } = await dynamoDb.client.send(
      new QueryCommand({
        TableName: dynamoDb.leads,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :handoff)',
        ExpressionAttributeValues: { ':pk': { S: `LEAD#${leadId}` }, ':handoff': { S: 'HANDOFF#' } },
        ConsistentRead: true,
      }),
    );
    return Items;
  };
  const verdict = (type: 'HandoffAccepted' | 'HandoffRejected', handoffId: string, at: string) =>
    entryOf({ type, data: { leadId, handoffId, actor: 'rep-1' }, at });
  const idOf = (items: Awaited<ReturnType<typeof follow>>) => items[0]?.sk?.S?.slice('HANDOFF#'.length) ?? '';

  it('are requested once, however often and by however many announcements of one entry', async () => {
    const items = await follow(announced(1, handoff), announced(1, handoff), announced(1, handoff));
    expect(items).toMatchObject([{ status: { S: 'open' }, queue: { S: 'sales' } }]);
  });

  it('keep their verdict when the request comes again', async () => {
    const id = idOf(await follow(announced(1, handoff)));
    const accepted = verdict('HandoffAccepted', id, '2026-03-02T10:00:00.000Z');
    const items = await follow(accepted, announced(1, handoff));
    expect(items).toMatchObject([
      { status: { S: 'accepted' }, actor: { S: 'rep-1' }, queue: { S: 'sales' } },
    ]);
  });

  it('are not opened by a request that comes after its verdict', async () => {
    const request = announced(1, handoff);
    const id = newHandoffId(parseAction(request));
    const items = await follow(verdict('HandoffRejected', id, '2026-03-02T10:00:00.000Z'), request);
    expect(items).toMatchObject([{ status: { S: 'rejected' } }]);
    expect(items).toHaveLength(1);
  });

  it('are withdrawn when the policy asks for something else, and stay answered where they were', async () => {
    const [open] = await follow(announced(1, handoff));
    expect(open).toMatchObject({ status: { S: 'open' } });
    expect(await follow(announced(2, nurture('x')))).toMatchObject([{ status: { S: 'withdrawn' } }]);
    expect(await follow(announced(2, nurture('x')))).toMatchObject([{ status: { S: 'withdrawn' } }]);
    const id = idOf([open as NonNullable<typeof open>]);
    const accepted = verdict('HandoffAccepted', id, '2026-03-02T10:00:00.000Z');
    expect(await follow(accepted, announced(3, none))).toMatchObject([{ status: { S: 'accepted' } }]);
  });

  it('leave one open, the latest, when the policy asks again', async () => {
    const again = { ...handoff, queue: 'sales-priority' };
    const items = await follow(announced(1, handoff), announced(2, again));
    const open = items.filter(({ status }) => status?.S === 'open');
    expect(items).toHaveLength(2);
    expect(open).toMatchObject([{ queue: { S: 'sales-priority' }, version: { N: '2' } }]);
  });

  it('are not opened by an announcement that comes after a later one', async () => {
    expect(await follow(announced(3, none), announced(2, handoff))).toEqual([]);
    const items = await follow(announced(5, handoff), announced(4, handoff));
    expect(items).toMatchObject([{ status: { S: 'open' }, version: { N: '5' } }]);
    expect(items).toHaveLength(1);
  });

  it('come to the same in every order', async () => {
    const story = [
      announced(1, handoff),
      announced(2, nurture('x')),
      announced(3, handoff),
      announced(4, none),
    ];
    const orders = story.flatMap((a) =>
      story.flatMap((b) => story.flatMap((c) => story.map((d) => [a, b, c, d]))),
    );
    for (const order of orders.filter((list) => new Set(list).size === story.length)) {
      leadId = `followed-${++count}`;
      const renamed = order.map(({ detail }) => announced(detail.data.version, detail.data.action));
      const statuses = (await follow(...renamed)).map(({ status }) => status?.S);
      expect(statuses.filter((status) => status === 'open')).toEqual([]);
    }
  });

  it('have the latest verdict, in whatever order they come', async () => {
    const accepted = verdict('HandoffAccepted', 'crm-1', '2026-03-02T10:00:00.000Z');
    const rejected = verdict('HandoffRejected', 'crm-1', '2026-03-03T10:00:00.000Z');
    expect(await follow(rejected, accepted)).toMatchObject([{ status: { S: 'rejected' } }]);
    expect(await follow(accepted, rejected)).toMatchObject([{ status: { S: 'rejected' } }]);
  });
});
