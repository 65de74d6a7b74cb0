import { beforeEach, describe, expect, it } from 'vitest';
import {
  type BusEvent,
  type DeadlineEffect,
  internalContracts,
  outboundContracts,
  parseAction,
} from '../../../events/index.ts';
import { newHandoffId } from '../../../functions/hand-off/follow-action.ts';
import { handOff } from '../../../functions/hand-off/hand-off.ts';
import type { PrepareBrief } from '../../../functions/hand-off/prepare-brief.ts';
import { leadAnnouncements } from '../../../functions/publish-changes/lead-announcements.ts';
import type { Change } from '../../../infra/local/engine/memory/database.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { createDynamoDbFollowUps } from '../../../shared/follow-ups/index.ts';
import { buildDueKey } from '../../../shared/keys/index.ts';
import type { Deadlines, ExpiryStepDocument } from '../../../shared/scoring/index.ts';
import { buildBatch, failedIds } from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { briefAt, noBrief } from '../../support/handoffs.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';

// The hand-off of these tests is requested on Sunday, 2026-03-01 at 9:00, and due after 24 hours.
const dueAt = '2026-03-02T09:00:00.000Z';
const asks = { kind: 'handoff', queue: 'sales', dueHours: 24 };

let client: ReturnType<typeof memoryClient>;
let changes: Change[];
let deadlines: Deadlines | undefined;
let now: number;
let read: string[];
let prepareBrief: PrepareBrief;
beforeEach(() => {
  changes = [];
  client = memoryClient({ tables: { leads: [] }, onChange: (change) => changes.push(change) });
  deadlines = undefined;
  now = Date.parse('2026-03-01T09:00:05.000Z');
  read = [];
  prepareBrief = noBrief;
});

const handle = (...entries: unknown[]) =>
  handOff({
    followUps: createDynamoDbFollowUps(client, 'leads'),
    prepareBrief,
    readPolicy: async (version) => {
      read.push(version);
      return { rules: [], recycle: { stage: 'lead' }, deadlines };
    },
    now: () => now,
  })(buildBatch(...entries));
const follow = async (...entries: unknown[]): Promise<void> => {
  for (const entry of entries) expect(failedIds(await handle(entry))).toEqual([]);
};
const at = async (instant: string, ...entries: unknown[]): Promise<Item> => {
  now = Date.parse(instant);
  await follow(...entries);
  return stored();
};

const announced = (version: number, action: object = asks) => {
  const { sampleEvent } = outboundContracts.LeadTierChanged;
  return {
    ...sampleEvent,
    detail: { ...sampleEvent.detail, data: { ...sampleEvent.detail.data, version, action } },
  };
};
const requested = announced(3);
const handoffId = newHandoffId(parseAction(requested));
const stored = (): Item =>
  client.memory.items('leads').find(({ sk }) => sk?.S === `HANDOFF#${handoffId}`) ?? {};

const due = (at: string = dueAt, id = handoffId) => {
  const { sampleEvent } = internalContracts.HandoffDue;
  const data = { leadId: 'l-1', handoffId: id, dueAt: at };
  return { ...sampleEvent, detail: { ...sampleEvent.detail, data } };
};
const moved = (effect: DeadlineEffect, occurredAt: string, version: number) => {
  const { sampleEvent } = outboundContracts.HandoffDeadlineMoved;
  const { metadata, data } = sampleEvent.detail;
  return {
    ...sampleEvent,
    detail: { metadata: { ...metadata, occurredAt }, data: { ...data, effect, version } },
  };
};
const verdict = (at: string, type: 'HandoffAccepted' | 'HandoffRejected' = 'HandoffAccepted') =>
  buildEntry({ type, data: { handoffId, actor: 'rep-1' }, at });

const afterwards = (...steps: ExpiryStepDocument[]): void => {
  // biome-ignore lint/suspicious/noThenProperty: the word of the model's language; a document is never awaited.
  deadlines = { then: { sales: steps } };
};

/** Returns what publish-changes announces of the writes to the hand-off, by type. */
const listAnnounced = (type: string): BusEvent[] =>
  changes
    .filter(({ after }) => after?.sk?.S?.startsWith('HANDOFF#'))
    .flatMap(({ after, before }) => leadAnnouncements(after ?? {}, before))
    .filter((event) => event['detail-type'] === type);
const listExpired = () =>
  listAnnounced('HandoffExpired').map(({ detail }) => {
    const { data } = outboundContracts.HandoffExpired.detail.parse(detail);
    return { ...data, at: detail.metadata.occurredAt };
  });
const missed = (): { queue: string; dueAt: string; followedBy: string }[] =>
  JSON.parse(stored().missed?.S ?? '[]');

const berlin: Deadlines = {
  calendar: {
    zone: 'Europe/Berlin',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    open: '09:00',
    close: '17:00',
    holidays: [],
  },
  // biome-ignore lint/suspicious/noThenProperty: the word of the model's language; a document is never awaited.
  then: {},
};

describe('the deadline of a hand-off', () => {
  it('is stored with its number, its queue and its model, and in the index', async () => {
    await follow(requested);
    expect(stored()).toMatchObject({
      dueAt: { S: dueAt },
      dueKey: { S: buildDueKey('LEAD#l-1', Date.parse(dueAt), now) },
      deadline: { N: '1' },
      queue: { S: 'sales' },
      firstQueue: { S: 'sales' },
      handoffModel: { S: 'success-ready@1' },
    });
    expect(read).toEqual(['success-ready@1']);
  });

  it('counts in the working time of the policy', async () => {
    deadlines = berlin;
    await follow(requested);
    // 24 hours are three days of work, from Monday on.
    expect(stored().dueAt).toEqual({ S: '2026-03-04T16:00:00.000Z' });
  });

  it('counts from the instant of the lead if it had passed by then, as after an event that arrives late', async () => {
    prepareBrief = briefAt('2026-05-01T09:00:00.000Z');
    afterwards({ recycle: true });
    await at('2026-05-01T10:00:00Z', requested, due());
    expect(stored()).toMatchObject({
      handoffStatus: { S: 'open' },
      occurredAt: { S: '2026-03-01T09:00:00.000Z' },
      dueAt: { S: '2026-05-02T09:00:00.000Z' },
    });
    expect(listExpired()).toEqual([]);
  });

  it('counts from the event if the lead was heard of again before it passes', async () => {
    prepareBrief = briefAt('2026-03-02T08:59:59.999Z');
    await follow(requested);
    expect(stored().dueAt).toEqual({ S: dueAt });
  });

  it('is in the index at the hour of writing if it has passed then', async () => {
    await at('2026-05-01T10:00:00Z', requested);
    expect(stored().dueKey?.S).toMatch(/^2026-05-01T10#\d$/);
  });

  it.each<[string, () => unknown[]]>([
    ['accepted', () => [verdict('2026-03-01T10:00:00.000Z')]],
    ['rejected', () => [verdict('2026-03-01T10:00:00.000Z', 'HandoffRejected')]],
    ['withdrawn', () => [announced(4, { kind: 'none' })]],
    [
      'answered-elsewhere',
      () => [
        buildEntry({
          type: 'HandoffAccepted',
          data: { handoffId: 'crm-7', actor: 'rep-1' },
          at: '2026-03-01T10:00:00.000Z',
        }),
      ],
    ],
  ])('leaves the index when the hand-off is %s', async (status, entries) => {
    await follow(requested);
    now = Date.parse('2026-03-01T11:00:00.000Z');
    await follow(...entries());
    expect(stored()).toMatchObject({ handoffStatus: { S: status }, dueAt: { S: dueAt } });
    expect(stored()).not.toHaveProperty('dueKey');
  });

  it('is not missed before it has passed, nor after an answer, and one of no hand-off is nothing', async () => {
    await follow(requested);
    const before = stored();
    await at('2026-03-02T08:59:59.999Z', due('2026-03-02T08:00:00.000Z'), due(dueAt, 'h-unknown'));
    expect(stored()).toEqual(before);
    await follow(verdict('2026-03-01T10:00:00.000Z'));
    await at('2026-03-02T09:00:01.000Z', due());
    expect(missed()).toEqual([]);
    expect(listExpired()).toEqual([]);
  });

  it('counts as passed for the clock of the one who sent the message', async () => {
    await follow(requested);
    await at('2026-03-02T08:59:59.900Z', due());
    expect(missed()).toHaveLength(1);
  });
});

describe('a deadline that passes', () => {
  it('without a step is announced once; the hand-off stays open and late, and leaves the index', async () => {
    await follow(requested);
    await at('2026-03-02T09:03:00.000Z', due(), due(), due());
    expect(stored()).toMatchObject({ handoffStatus: { S: 'open' }, dueAt: { S: dueAt } });
    expect(stored()).not.toHaveProperty('dueKey');
    expect(missed()).toEqual([{ queue: 'sales', dueAt, followedBy: 'none' }]);
    expect(listExpired()).toEqual([
      {
        leadId: 'l-1',
        version: 3,
        ordinal: 0,
        handoffId,
        queue: 'sales',
        dueAt,
        deadline: 1,
        followedBy: 'none',
        tier: 'good',
        at: dueAt,
      },
    ]);
  });

  it('reminds: the deadline moves from the minute at which it passed', async () => {
    afterwards({ remindHours: 4 });
    await follow(requested);
    await at('2026-03-02T09:04:59.000Z', due());
    expect(stored()).toMatchObject({
      dueAt: { S: '2026-03-02T13:00:00.000Z' },
      queue: { S: 'sales' },
      deadline: { N: '2' },
    });
    expect(stored().dueKey?.S).toMatch(/^2026-03-02T13#/);
    expect(listExpired()).toMatchObject([
      { deadline: 1, followedBy: 'remind', nextDueAt: '2026-03-02T13:00:00.000Z' },
    ]);
    expect(listExpired()[0]?.nextQueue).toBeUndefined();
    await at('2026-03-02T13:00:00.000Z', due('2026-03-02T13:00:00.000Z'));
    expect(listExpired()).toMatchObject([{ deadline: 1 }, { deadline: 2, followedBy: 'none' }]);
  });

  it('passes the hand-off on, and an answer after that counts', async () => {
    afterwards({ queue: 'sales-backup', dueHours: 4 });
    await follow(requested);
    await at('2026-03-02T09:01:00.000Z', due());
    expect(stored()).toMatchObject({
      queue: { S: 'sales-backup' },
      firstQueue: { S: 'sales' },
      dueAt: { S: '2026-03-02T13:00:00.000Z' },
    });
    expect(listExpired()).toMatchObject([
      {
        queue: 'sales',
        followedBy: 'pass',
        nextQueue: 'sales-backup',
        nextDueAt: '2026-03-02T13:00:00.000Z',
      },
    ]);
    await at('2026-03-02T10:00:00.000Z', verdict('2026-03-02T10:00:00.000Z'));
    expect(stored()).toMatchObject({ handoffStatus: { S: 'accepted' }, queue: { S: 'sales-backup' } });
    expect(missed()).toHaveLength(1);
    expect(stored()).not.toHaveProperty('dueKey');
  });

  it('escalates: the hand-off stays open, with no deadline', async () => {
    afterwards({ escalateTo: 'head-of-sales' });
    await follow(requested);
    await at('2026-03-02T09:01:00.000Z', due());
    expect(stored()).toMatchObject({ handoffStatus: { S: 'open' }, escalatedTo: { S: 'head-of-sales' } });
    expect(stored()).not.toHaveProperty('dueKey');
    expect(listExpired()).toMatchObject([{ followedBy: 'escalate', escalatedTo: 'head-of-sales' }]);
  });

  it('recycles: the hand-off has expired, and a verdict of a person replaces that', async () => {
    afterwards({ recycle: true });
    await follow(requested);
    await at('2026-03-02T09:01:00.000Z', due());
    expect(stored()).toMatchObject({
      handoffStatus: { S: 'expired' },
      expiredAt: { S: dueAt },
      reason: { S: `nobody answered by ${dueAt}` },
    });
    expect(listExpired()).toMatchObject([{ followedBy: 'recycle' }]);
    // The announcement of what the expiry changes withdraws nothing.
    await follow(announced(4, { kind: 'none' }));
    expect(stored().handoffStatus).toEqual({ S: 'expired' });
    await at('2026-03-05T10:00:00.000Z', verdict('2026-03-05T10:00:00.000Z'));
    expect(stored()).toMatchObject({ handoffStatus: { S: 'accepted' }, actor: { S: 'rep-1' } });
    expect(stored()).not.toHaveProperty('reason');
    expect(stored()).not.toHaveProperty('expiredAt');
  });

  it('has expired also for a verdict that names no hand-off, which answers it', async () => {
    afterwards({ recycle: true });
    await follow(requested);
    await at('2026-03-02T09:01:00.000Z', due());
    const unnamed = buildEntry({
      type: 'HandoffAccepted',
      data: { actor: 'rep-1' },
      at: '2026-03-05T10:00:00.000Z',
    });
    await at('2026-03-05T10:00:00.000Z', unnamed);
    expect(stored()).toMatchObject({ handoffStatus: { S: 'accepted' } });
    expect(stored()).not.toHaveProperty('reason');
  });

  it('is one of several after an outage of days: each by a write of its own, at its own minute, in order', async () => {
    afterwards(
      { remindHours: 2 },
      { queue: 'backup', dueHours: 4 },
      { queue: 'third', dueHours: 8 },
      { escalateTo: 'head' },
    );
    await follow(requested);
    const writes = changes.length;
    await at('2026-03-09T00:00:00.000Z', due());
    expect(changes).toHaveLength(writes + 4);
    expect(
      listExpired().map(({ at, queue, followedBy, nextDueAt }) => [at, queue, followedBy, nextDueAt]),
    ).toEqual([
      ['2026-03-02T09:00:00.000Z', 'sales', 'remind', '2026-03-02T11:00:00.000Z'],
      ['2026-03-02T11:00:00.000Z', 'sales', 'pass', '2026-03-02T15:00:00.000Z'],
      ['2026-03-02T15:00:00.000Z', 'backup', 'pass', '2026-03-02T23:00:00.000Z'],
      ['2026-03-02T23:00:00.000Z', 'third', 'escalate', undefined],
    ]);
    expect(new Set(listAnnounced('HandoffExpired').map(({ detail }) => detail.metadata.eventId)).size).toBe(
      4,
    );
  });

  it('is recorded once by messages that come at the same time', async () => {
    afterwards({ queue: 'backup', dueHours: 4 });
    await follow(requested);
    now = Date.parse('2026-03-02T09:01:00.000Z');
    const answers = await Promise.all([handle(due()), handle(due()), handle(due())]);
    expect(answers.flatMap(failedIds)).toEqual([]);
    expect(missed()).toHaveLength(1);
    expect(listExpired()).toHaveLength(1);
  });

  it('has the same id when its record is read again', async () => {
    await follow(requested);
    await at('2026-03-02T09:01:00.000Z', due());
    const ids = () => listAnnounced('HandoffExpired').map(({ detail }) => detail.metadata.eventId);
    expect(ids()).toEqual(ids());
    expect(listAnnounced('HandoffRequested')).toHaveLength(1);
  });
});

describe('a deadline that activities move', () => {
  const paused = moved('paused', '2026-03-01T21:00:00.000Z', 4);
  const resumed = moved('resumed', '2026-03-03T21:00:00.000Z', 5);

  it('stands still, and goes on with what was left', async () => {
    await follow(requested);
    await at('2026-03-01T21:00:01.000Z', paused);
    expect(stored()).toMatchObject({
      pausedAt: { S: '2026-03-01T21:00:00.000Z' },
      leftMs: { N: '43200000' },
    });
    expect(stored()).not.toHaveProperty('dueKey');
    expect(stored()).not.toHaveProperty('dueAt');
    await at('2026-03-02T09:01:00.000Z', due());
    expect(missed()).toEqual([]);
    await at('2026-03-03T21:00:01.000Z', resumed);
    expect(stored()).toMatchObject({ dueAt: { S: '2026-03-04T09:00:00.000Z' } });
    expect(stored().dueKey?.S).toMatch(/^2026-03-04T09#/);
    expect(stored()).not.toHaveProperty('pausedAt');
  });

  it('begins anew from a reset on', async () => {
    await follow(requested);
    await at('2026-03-01T21:00:01.000Z', moved('reset', '2026-03-01T21:00:00.000Z', 4));
    expect(stored().dueAt).toEqual({ S: '2026-03-02T21:00:00.000Z' });
    await at('2026-03-02T09:01:00.000Z', due());
    expect(missed()).toEqual([]);
  });

  it('begins the current step anew, with its own hours', async () => {
    afterwards({ queue: 'backup', dueHours: 4 });
    await follow(requested);
    await at('2026-03-02T09:01:00.000Z', due());
    await at('2026-03-02T10:00:01.000Z', moved('reset', '2026-03-02T10:00:00.000Z', 4));
    expect(stored()).toMatchObject({ dueAt: { S: '2026-03-02T14:00:00.000Z' }, queue: { S: 'backup' } });
  });

  it('is the same in whatever order all of it comes, and however often', async () => {
    const history = [requested, paused, resumed, moved('reset', '2026-03-04T00:00:00.000Z', 6)];
    const orders = history.flatMap((a) =>
      history.flatMap((b) => history.flatMap((c) => history.map((d) => [a, b, c, d]))),
    );
    for (const order of orders.filter((list) => new Set(list).size === history.length)) {
      client = memoryClient({ tables: { leads: [] } });
      await at('2026-03-04T00:00:01.000Z', ...order, ...order);
      expect(stored()).toMatchObject({ dueAt: { S: '2026-03-05T00:00:00.000Z' }, deadline: { N: '1' } });
    }
  });

  it('follows moves that come at the same time as the request and each other', async () => {
    now = Date.parse('2026-03-03T22:00:00.000Z');
    const answers = await Promise.all([handle(resumed), handle(requested), handle(paused)]);
    expect(answers.flatMap(failedIds)).toEqual([]);
    expect(stored().dueAt).toEqual({ S: '2026-03-04T09:00:00.000Z' });
  });

  it('is not called back when the news of a pause comes after it was missed; the next one stands still', async () => {
    afterwards({ queue: 'backup', dueHours: 4 });
    await follow(requested);
    await at('2026-03-02T09:01:00.000Z', due());
    await at('2026-03-02T09:02:00.000Z', paused);
    expect(missed()).toHaveLength(1);
    expect(stored()).toMatchObject({ pausedAt: { S: dueAt }, leftMs: { N: String(4 * 3_600_000) } });
  });

  it('is missed although a reset came after it had passed; the next one begins anew', async () => {
    afterwards({ queue: 'backup', dueHours: 4 });
    await follow(requested);
    await at('2026-03-02T10:00:00.000Z', moved('reset', '2026-03-02T10:00:00.000Z', 4), due());
    expect(missed()).toEqual([{ queue: 'sales', dueAt, followedBy: 'pass' }]);
    expect(stored().dueAt).toEqual({ S: '2026-03-02T14:00:00.000Z' });
  });

  it('is announced without a next instant if the next one stands still from its beginning', async () => {
    afterwards({ queue: 'backup', dueHours: 4 });
    await follow(requested);
    await at('2026-03-02T10:00:00.000Z', moved('paused', '2026-03-02T09:30:00.000Z', 4), due());
    expect(stored()).toMatchObject({ pausedAt: { S: '2026-03-02T09:30:00.000Z' } });
    expect(listExpired()).toMatchObject([{ followedBy: 'pass', nextQueue: 'backup' }]);
    expect(listExpired()[0]?.nextDueAt).toBeUndefined();
  });

  it('does not move for a lead whose hand-off was requested by a later announcement', async () => {
    await follow(announced(2), paused, announced(5));
    const open = client.memory.items('leads').filter(({ handoffStatus }) => handoffStatus?.S === 'open');
    expect(open).toMatchObject([{ dueAt: { S: dueAt }, position: { S: '000000000005.000' } }]);
  });
});
