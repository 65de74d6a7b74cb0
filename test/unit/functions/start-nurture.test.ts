import { beforeEach, describe, expect, it } from 'vitest';
import { actionContracts, type Contract, outboundContracts } from '../../../events/index.ts';
import { NurtureDue } from '../../../events/internal/nurture-due.ts';
import { startNurture } from '../../../functions/start-nurture/start-nurture.ts';
import { createDynamoDbFollowUps, type FollowUps } from '../../../shared/follow-ups/index.ts';
import { isLeadKey } from '../../../shared/keys/index.ts';
import { createDocumentReader, createPolicyReader } from '../../../shared/model-store/index.ts';
import { buildBatch, failedIds } from '../../support/deliveries.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { storeModel } from '../../support/store-model.ts';

const { sampleEvent } = outboundContracts.LeadTierChanged;

/** Returns a model by which a lead that has left a track comes back to it after a day. */
const calmDocument = () => {
  const { policy, ...small } = smallDocument();
  return { ...small, policy: { ...policy, nurture: { tracks: { nurture: { cooldownHours: 24 } } } } };
};

let client: ReturnType<typeof memoryClient>;
let followUps: FollowUps;
beforeEach(async () => {
  client = memoryClient({ tables: { leads: [] } });
  followUps = createDynamoDbFollowUps(client, 'leads');
  const table = { client, table: 'leads' };
  const { document } = compileDocument(smallDocument());
  await storeModel(table, { version: sampleEvent.detail.data.modelVersion, document });
  await storeModel(table, { version: 'calm@1', document: compileDocument(calmDocument()).document });
});

const now = Date.parse('2026-03-10T00:00:00.000Z');
const follow = (...entries: unknown[]) =>
  startNurture({
    followUps,
    readPolicy: createPolicyReader(createDocumentReader({ client, table: 'leads' })),
    now: () => now,
  })(buildBatch(...entries));
const stored = () => client.memory.items('leads').filter(({ pk }) => isLeadKey(pk?.S ?? ''));

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
    followUps.followNurture = (event, ...more) =>
      event.data.leadId === 'b' ? Promise.reject(new Error('throttled')) : followNurture(event, ...more);
    const answer = await follow(...['a', 'b', 'c'].map((leadId) => nurture('x', { leadId })));
    expect(failedIds(answer)).toEqual(['m-1']);
    expect(stored().map(({ pk }) => pk?.S)).toEqual(['LEAD#a', 'LEAD#c']);
  });
});

describe('a track that must wait by the model of the announcement', () => {
  const calm = { modelVersion: 'calm@1' };
  const comeBack = () =>
    follow(nurture('nurture', { ...calm, version: 1 })).then(async () => {
      await follow(changed({ ...calm, action: { kind: 'none' }, version: 2 }));
      return follow(nurture('nurture', { ...calm, version: 3 }));
    });
  // The sample announcements occurred on 1 March at 9:00, so that the track may begin a day later.
  const due = (dueAt: string) => ({
    ...NurtureDue.sampleEvent,
    detail: { ...NurtureDue.sampleEvent.detail, data: { leadId: 'l-1', dueAt } },
  });

  it('begins when a message of Sluice says that it is due', async () => {
    await comeBack();
    expect(stored()).toMatchObject([
      { waitingTrack: { S: 'nurture' }, dueAt: { S: '2026-03-02T09:00:00.000Z' } },
    ]);
    expect(failedIds(await follow(due('2026-03-02T09:00:00.000Z')))).toEqual([]);
    expect(stored()).toMatchObject([{ track: { S: 'nurture' } }]);
  });

  it.each([
    ['is ahead of the clock', due('2026-03-10T00:00:00.001Z')],
    ['is of an earlier instant', due('2026-03-02T08:59:59.999Z')],
  ])('waits on if a message %s', async (_what, message) => {
    await comeBack();
    const before = stored();
    expect(failedIds(await follow(message))).toEqual([]);
    expect(stored()).toEqual(before);
  });

  it('is refused from anybody but Sluice', async () => {
    await comeBack();
    const before = stored();
    expect(failedIds(await follow({ ...due('2026-03-02T09:00:00.000Z'), source: 'crm' }))).toEqual(['m-0']);
    expect(stored()).toEqual(before);
  });
});

describe('an announcement that names a model', () => {
  it('that is not stored fails, and is retried', async () => {
    expect(failedIds(await follow(nurture('a', { modelVersion: 'unknown@1' })))).toEqual(['m-0']);
    expect(stored()).toEqual([]);
  });
});
