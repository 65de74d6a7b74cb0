import { beforeEach, describe, expect, it } from 'vitest';
import { actionContracts, type Contract, outboundContracts } from '../../../events/index.ts';
import { startNurture } from '../../../functions/start-nurture/start-nurture.ts';
import { createDynamoDbFollowUps, type FollowUps } from '../../../shared/follow-ups/index.ts';
import { buildBatch, failedIds } from '../../support/deliveries.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';

let client: ReturnType<typeof memoryClient>;
let followUps: FollowUps;
beforeEach(() => {
  client = memoryClient({ tables: { leads: [] } });
  followUps = createDynamoDbFollowUps(client, 'leads');
});

const follow = (...entries: unknown[]) => startNurture({ followUps })(buildBatch(...entries));
const stored = () => client.memory.items('leads');

const { sampleEvent } = outboundContracts.LeadTierChanged;
const changed = (data: object) => ({
  ...sampleEvent,
  detail: { ...sampleEvent.detail, data: { ...sampleEvent.detail.data, ...data } },
});
const nurture = (track: string, more: object = {}) =>
  changed({ action: { kind: 'nurture', track }, ...more });

describe('an announcement that asks for nurture', () => {
  it('puts the lead on the track', async () => {
    expect(failedIds(await follow(nurture('mql-nurture', { version: 7, ordinal: 2 })))).toEqual([]);
    expect(stored()).toMatchObject([
      { sk: { S: 'NURTURE' }, track: { S: 'mql-nurture' }, position: { S: '000000000007.002' } },
    ]);
  });

  it.each(actionContracts.map((contract) => [contract.detailType, contract as Contract] as const))(
    'is followed whichever announcement it is: %s',
    async (_type, contract) => {
      expect(failedIds(await follow(contract.sampleEvent))).toEqual([]);
      expect(stored()).toHaveLength(1);
    },
  );
});

describe('an announcement that asks for anything else', () => {
  it.each([
    ['nothing', { kind: 'none' }],
    ['a hand-off', { kind: 'handoff', queue: 'sales', dueHours: 24 }],
  ])('such as %s takes the lead off its track', async (_what, action) => {
    await follow(nurture('a', { version: 1 }));
    await follow(changed({ action, version: 2 }));
    expect(stored()[0]).not.toHaveProperty('track');
  });
});

describe('an announcement that is stale or was followed before', () => {
  it('does nothing, and is deleted from the queue', async () => {
    await follow(nurture('b', { version: 2 }));
    const before = stored();
    expect(failedIds(await follow(nurture('b', { version: 2 }), nurture('a', { version: 1 })))).toEqual([]);
    expect(stored()).toEqual(before);
  });
});

describe('a record that fails', () => {
  it.each([
    ['an announcement that breaks its contract', changed({ to: 'splendid' })],
    ['an event that is no announcement of ours', { 'detail-type': 'LeadStageChanged', detail: {} }],
    ['text that is not JSON', 'hello'],
    ['null', 'null'],
  ])('fails alone: %s', async (_what, broken) => {
    const answer = await follow(nurture('a', { leadId: 'a' }), broken, nurture('b', { leadId: 'b' }));
    expect(failedIds(answer)).toEqual(['m-1']);
    expect(stored().map(({ pk }) => pk?.S)).toEqual(['LEAD#a', 'LEAD#b']);
  });

  it('fails alone when the table refuses it', async () => {
    const { followNurture } = followUps;
    followUps.followNurture = (event) =>
      event.data.leadId === 'b' ? Promise.reject(new Error('throttled')) : followNurture(event);
    const answer = await follow(...['a', 'b', 'c'].map((leadId) => nurture('x', { leadId })));
    expect(failedIds(answer)).toEqual(['m-1']);
    expect(stored().map(({ pk }) => pk?.S)).toEqual(['LEAD#a', 'LEAD#c']);
  });
});
