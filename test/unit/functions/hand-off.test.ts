import { beforeEach, describe, expect, it } from 'vitest';
import { outboundContracts, parseAction } from '../../../events/index.ts';
import { newHandoffId } from '../../../functions/hand-off/follow-action.ts';
import { handOff } from '../../../functions/hand-off/hand-off.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { createDynamoDbFollowUps, type FollowUps } from '../../../shared/follow-ups/index.ts';
import { buildBatch, failedIds } from '../../support/deliveries.ts';
import { buildEntry, now } from '../../support/events.ts';
import { buildRequest, noBrief, readPlainPolicy } from '../../support/handoffs.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';

let client: ReturnType<typeof memoryClient>;
let followUps: FollowUps;
beforeEach(() => {
  client = memoryClient({ tables: { leads: [] } });
  followUps = createDynamoDbFollowUps(client, 'leads');
});

const handle = (...entries: unknown[]) =>
  handOff({ followUps, readPolicy: readPlainPolicy, prepareBrief: noBrief, now: () => now })(
    buildBatch(...entries),
  );
const handoffs = (): Item[] => client.memory.items('leads').filter(({ sk }) => sk?.S?.startsWith('HANDOFF#'));
/** Handles one event after the other; none may fail. */
const follow = async (...entries: unknown[]): Promise<Item[]> => {
  for (const entry of entries) expect(failedIds(await handle(entry))).toEqual([]);
  return handoffs();
};
const statuses = () => handoffs().map(({ handoffStatus }) => handoffStatus?.S);

const handoff = { kind: 'handoff', queue: 'sales', dueHours: 24 };
const none = { kind: 'none' };
const nurture = { kind: 'nurture', track: 'x' };

type Announcement = 'LeadTierChanged' | 'LeadStageTransitioned' | 'LeadErased';
const announced = (
  version: number,
  action: object = handoff,
  data: object = {},
  type: Announcement = 'LeadTierChanged',
) => {
  const { sampleEvent } = outboundContracts[type];
  return {
    ...sampleEvent,
    detail: { ...sampleEvent.detail, data: { ...sampleEvent.detail.data, version, action, ...data } },
  };
};
const erased = (version: number) => announced(version, none, {}, 'LeadErased');
const computeId = (entry: ReturnType<typeof announced>) => newHandoffId(parseAction(entry));

const verdict = (
  type: 'HandoffAccepted' | 'HandoffRejected',
  data: object = {},
  at = '2026-03-02T10:00:00.000Z',
) => buildEntry({ type, data: { handoffId: 'h-1', actor: 'rep-1', ...data }, at });

describe('an announcement that asks for a hand-off', () => {
  it('requests it, due the given number of hours after the event occurred', async () => {
    expect(await follow(announced(3))).toMatchObject([
      { handoffStatus: { S: 'open' }, queue: { S: 'sales' }, dueAt: { S: '2026-03-02T09:00:00.000Z' } },
    ]);
  });

  it('has one id for all announcements of one entry, and for each delivery', async () => {
    const transition = announced(1, handoff, {}, 'LeadStageTransitioned');
    expect(await follow(announced(1), announced(1), transition)).toHaveLength(1);
  });

  it('has another id at another position in the history, and for another lead', () => {
    const others = [announced(3), announced(4), announced(3, handoff, { ordinal: 1 })];
    const ids = [...others, announced(3, handoff, { leadId: 'l-2' })].map(computeId);
    expect(new Set(ids).size).toBe(4);
  });

  it('that arrives after a later one does nothing, and is deleted from the queue', async () => {
    expect(await follow(announced(3, none), announced(2))).toEqual([]);
    expect(await follow(announced(5), announced(4))).toMatchObject([{ position: { S: '000000000005.000' } }]);
  });

  it('leaves one open, the latest, when the policy asks again', async () => {
    await follow(announced(1), announced(2, { ...handoff, queue: 'sales-priority' }));
    const open = handoffs().filter(({ handoffStatus }) => handoffStatus?.S === 'open');
    expect(open).toMatchObject([{ queue: { S: 'sales-priority' }, position: { S: '000000000002.000' } }]);
    expect(handoffs()).toHaveLength(2);
  });

  it('that was followed before still withdraws earlier hand-offs, since the first try may not have', async () => {
    await follow(announced(1));
    const request = buildRequest({ handoffId: computeId(announced(2)) });
    await followUps.openHandoff(parseAction(announced(2)), request, now);
    await follow(announced(2));
    expect(statuses().toSorted()).toEqual(['open', 'withdrawn']);
  });
});

describe('an announcement that asks for something else', () => {
  it.each([none, nurture])('withdraws open hand-offs: %o', async (action) => {
    expect(await follow(announced(1), announced(2, action), announced(2, action))).toMatchObject([
      { handoffStatus: { S: 'withdrawn' } },
    ]);
  });

  it('does not change answered hand-offs', async () => {
    const accepted = verdict('HandoffAccepted', { handoffId: computeId(announced(1)) });
    expect(await follow(announced(1), accepted, announced(3, none))).toMatchObject([
      { handoffStatus: { S: 'accepted' } },
    ]);
  });

  it('has the same result in every order', async () => {
    const history = [announced(1), announced(2, nurture), announced(3), announced(4, none)];
    const orders = history.flatMap((a) =>
      history.flatMap((b) => history.flatMap((c) => history.map((d) => [a, b, c, d]))),
    );
    for (const order of orders.filter((list) => new Set(list).size === history.length)) {
      client = memoryClient({ tables: { leads: [] } });
      followUps = createDynamoDbFollowUps(client, 'leads');
      await follow(...order);
      expect(statuses()).not.toContain('open');
    }
  });
});

describe('the erasure of a lead', () => {
  it('withdraws the hand-off that is open, and leaves what is stored of it to erase-lead', async () => {
    const [item] = await follow(announced(1), erased(2), announced(1));
    expect(item).toMatchObject({
      handoffStatus: { S: 'withdrawn' },
      handoffTier: expect.anything(),
    });
  });
});

describe('a verdict of sales', () => {
  it.each([
    ['HandoffAccepted', 'accepted'],
    ['HandoffRejected', 'rejected'],
  ] as const)('%s is noted, even before its request', async (type, status) => {
    const handoffId = computeId(announced(1));
    const given = verdict(type, { handoffId, reason: 'No project' });
    expect(await follow(given, announced(1))).toMatchObject([
      {
        handoffStatus: { S: status },
        answeredAt: { S: '2026-03-02T10:00:00.000Z' },
        actor: { S: 'rep-1' },
        reason: { S: 'No project' },
      },
    ]);
  });

  it('on a hand-off that was made elsewhere is noted under its own id', async () => {
    expect(await follow(verdict('HandoffAccepted', { handoffId: 'crm-ho-1042' }))).toMatchObject([
      { sk: { S: 'HANDOFF#crm-ho-1042' } },
    ]);
  });

  it('that is later than the one noted does nothing, and is deleted from the queue', async () => {
    const rejected = verdict('HandoffRejected', {}, '2026-03-03T10:00:00.000Z');
    expect(await follow(verdict('HandoffAccepted'), rejected)).toMatchObject([
      { handoffStatus: { S: 'accepted' } },
    ]);
  });

  it('without an id answers the open hand-off', async () => {
    const [open, given] = await follow(
      announced(1),
      verdict('HandoffRejected', { handoffId: undefined, reason: 'No project' }),
    );
    expect(open).toMatchObject({ handoffStatus: { S: 'rejected' }, reason: { S: 'No project' } });
    expect(given?.sk).toEqual({ S: 'HANDOFF#unnamed 2026-03-02T10:00:00.000Z#e-1' });
  });

  it('with an id that Sluice did not give closes the open hand-off as answered elsewhere', async () => {
    const [foreign, open] = await follow(announced(1), verdict('HandoffAccepted', { handoffId: 'crm-7' }));
    expect(open).toMatchObject({
      handoffStatus: { S: 'answered-elsewhere' },
      verdict: { S: 'accepted' },
      answeredAs: { S: 'crm-7' },
    });
    expect(foreign).toMatchObject({ sk: { S: 'HANDOFF#crm-7' }, handoffStatus: { S: 'accepted' } });
  });

  it('with the id of a hand-off of Sluice never closes another one', async () => {
    const accepted = verdict('HandoffAccepted', { handoffId: computeId(announced(2)) });
    await follow(announced(1), accepted);
    expect(statuses().toSorted()).toEqual(['accepted', 'open']);
  });

  it('that is malformed is left to score-leads, which quarantines it', async () => {
    expect(await follow(verdict('HandoffAccepted', { actor: '' }))).toEqual([]);
  });

  it('that is ahead of time is retried, since score-leads may read it later and record it', async () => {
    const early = verdict('HandoffAccepted', {}, '2026-06-01T00:05:00.001Z');
    expect(failedIds(await handle(early))).toEqual(['m-0']);
    expect(handoffs()).toEqual([]);
  });
});

describe('a record that fails', () => {
  it.each([
    ['an announcement that breaks its contract', announced(2, handoff, { score: 101 })],
    ['an announcement after which there is nothing to do', outboundContracts.NurtureStarted.sampleEvent],
    ['text that is not JSON', 'hello'],
  ])('fails alone: %s', async (_what, broken) => {
    expect(failedIds(await handle(announced(1), broken, verdict('HandoffAccepted')))).toEqual(['m-1']);
    expect(handoffs()).toHaveLength(2);
  });

  it('fails alone when the table refuses it', async () => {
    followUps.openHandoff = () => Promise.reject(new Error('throttled'));
    expect(failedIds(await handle(announced(1), verdict('HandoffAccepted')))).toEqual(['m-0']);
    expect(handoffs()).toMatchObject([{ sk: { S: 'HANDOFF#h-1' } }]);
  });
});
