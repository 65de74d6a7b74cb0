import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { type BusEvent, type OutboundType, outboundContracts } from '../../../events/index.ts';
import { createAnnouncingBus } from '../../../functions/publish-changes/announcing-bus.ts';
import { publishChanges } from '../../../functions/publish-changes/publish-changes.ts';
import { activations } from '../../../infra/constructs/stream-patterns.ts';
import { compileFilter } from '../../../infra/local/pattern.ts';
import { makeSample } from '../../../scripts/sample/sample.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { metrics } from '../../../shared/lambda/index.ts';
import { erased, parseEntry } from '../../../shared/ledger/index.ts';
import { createModelRegistry, ensureFirst } from '../../../shared/model-store/index.ts';
import {
  buildBatch,
  buildStreamEvent,
  createScoringWorld,
  failedIds,
  requireDecided,
  type StreamImage,
} from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

/** Creates a bus that accepts everything except what the test refuses. */
const createFakeBus = (refuses: (entry: BusEvent) => boolean = () => false) => {
  const published: BusEvent[] = [];
  let requests = 0;
  const bus = {
    publish: async (entries: readonly BusEvent[]) => {
      requests++;
      published.push(...entries.filter((entry) => !refuses(entry)));
      return entries.flatMap((entry, i) => (refuses(entry) ? [i] : []));
    },
  };
  return { published, publish: publishChanges({ bus }), requests: () => requests };
};

const listDetailTypes = (entries: readonly BusEvent[]) => entries.map((entry) => entry['detail-type']);
const listIds = (entries: readonly BusEvent[]) => entries.map(({ detail }) => detail.metadata.eventId);

const brokenContracts = (entries: readonly BusEvent[]): string[] =>
  entries.flatMap((entry) => {
    const contract = outboundContracts[entry['detail-type'] as OutboundType];
    const { error } = contract.detail.safeParse(entry.detail);
    return error === undefined ? [] : [`${entry['detail-type']}: ${error.message}`];
  });

/** Returns the items that three events write: a lead enters, then nothing changes, then a demo changes stage and tier. */
const written = async (): Promise<Item[]> => {
  const world = createScoringWorld();
  const did = (activity: string, id: string) =>
    buildEntry({ type: 'LeadActivityRecorded', data: { activity }, at: `2026-03-0${id}T09:00:00.000Z`, id });
  const profile = buildEntry({
    type: 'LeadProfileUpdated',
    data: { attributes: { seniority: 'executive', department: 'sales', industry: 'software' } },
    at: '2026-03-02T09:00:00.000Z',
    id: '2',
  });
  await world.score(buildBatch(did('page_visited', '1'), profile));
  await world.score(buildBatch(did('demo_requested', '3')));
  return world.written;
};
const entriesAmong = (items: readonly Item[]) => items.filter(({ sk }) => sk?.S?.startsWith('EVENT#'));
const parseChanges = (item: Item) => requireDecided(parseEntry(item)).changes;
const images = (items: readonly Item[]) => items.map((item) => ({ item }));

describe('publishing a ledger entry', () => {
  it('announces each of its changes, with the standing after it and its cause', async () => {
    const { published, publish } = createFakeBus();
    const items = await written();
    expect(failedIds(await publish(buildStreamEvent(...images(items))))).toEqual([]);
    const changes = entriesAmong(items).flatMap((item) => parseChanges(item).map(({ type }) => type));
    expect(listDetailTypes(published)).toEqual(changes);
    expect(published[0]).toEqual({
      source: 'sluice',
      'detail-type': 'LeadStageTransitioned',
      time: '2026-03-01T09:00:00.000Z',
      detail: {
        metadata: {
          eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
          occurredAt: '2026-03-01T09:00:00.000Z',
          schemaVersion: 1,
          correlationId: '1',
          causationId: '1',
        },
        data: {
          leadId: 'l-1',
          version: 1,
          ordinal: 0,
          stage: 'subscriber',
          status: 'active',
          tier: 'none',
          score: 1.18,
          coverage: expect.any(Number),
          modelVersion: expect.stringContaining('success-ready'),
          action: { kind: 'none' },
          actionChanged: false,
          from: null,
          to: 'subscriber',
          kind: 'entered',
          trigger: 'first-seen',
        },
      },
    });
  });

  it('passes on the correlation that the event belongs to', async () => {
    const world = createScoringWorld();
    const entry = buildEntry({ type: 'LeadStageChanged', data: { stage: 'mql' }, id: 'e-1' });
    const metadata = { ...entry.detail.metadata, correlationId: 'deal-7', causationId: 'x-1' };
    await world.score(buildBatch({ ...entry, detail: { ...entry.detail, metadata } }));
    const { published, publish } = createFakeBus();
    await publish(buildStreamEvent(...images(world.written)));
    expect(published[0]?.detail.metadata).toMatchObject({ correlationId: 'deal-7', causationId: 'e-1' });
  });

  it('announces nothing for an entry without a change, for states and for removals', async () => {
    const { published, publish } = createFakeBus();
    const items = await written();
    const silent = items.filter(({ sk, changes }) => sk?.S === 'STATE' || changes === undefined);
    expect(silent).toHaveLength(3);
    await publish(buildStreamEvent(...images(silent), ...entriesAmong(items).map((before) => ({ before }))));
    expect(published).toEqual([]);
  });

  it('I15: announces nothing for changes that history has caused, even if a record of them is handed over', async () => {
    const world = createScoringWorld();
    const entry = buildEntry({ type: 'LeadStageChanged', data: { stage: 'mql' }, backfill: true });
    await world.score(buildBatch(entry));
    const { published, publish } = createFakeBus();
    const items = entriesAmong(world.written);
    expect(items.map(parseChanges)).toMatchObject([[{ type: 'LeadStageTransitioned' }]]);
    expect(failedIds(await publish(buildStreamEvent(...images(items))))).toEqual([]);
    expect(published).toEqual([]);
  });

  it('announces the same ids on a retry, each of its own', async () => {
    const items = await written();
    const [first, second] = [createFakeBus(), createFakeBus()];
    await first.publish(buildStreamEvent(...images(items)));
    await second.publish(buildStreamEvent(...images(items)));
    expect(second.published).toEqual(first.published);
    expect(new Set(listIds(first.published)).size).toBe(first.published.length);
  });
});

describe('a bus that refuses some announcements', () => {
  it('fails the records of refused announcements, and only those', async () => {
    const { published, publish } = createFakeBus((entry) => entry['detail-type'] === 'LeadTierChanged');
    const items = entriesAmong(await written());
    const expected = items.flatMap((item, i) =>
      parseChanges(item).some(({ type }) => type === 'LeadTierChanged') ? [String(100 + i)] : [],
    );
    expect(expected).toHaveLength(1);
    expect(failedIds(await publish(buildStreamEvent(...images(items))))).toEqual(expected);
    expect(listDetailTypes(published)).not.toContain('LeadTierChanged');
    expect(published.length).toBeGreaterThan(0);
  });

  it('lists a record once, however many announcements it has', async () => {
    const { publish } = createFakeBus(() => true);
    const items = entriesAmong(await written()).slice(-1);
    expect(parseChanges(items[0] as Item).length).toBeGreaterThan(1);
    expect(failedIds(await publish(buildStreamEvent(...images(items))))).toEqual(['100']);
  });

  it('fails the records of a request that fails as a whole, and counts their announcements as refused', async () => {
    const [item] = entriesAmong(await written()).slice(-1);
    expect(parseChanges(item as Item)).toHaveLength(2);
    // Six records announce twelve changes, ten of them in the first request.
    const given = buildStreamEvent(...images(Array.from({ length: 6 }, () => item as Item)));
    const send = async ({ input: { Entries = [] } }: PutEventsCommand) => {
      if (Entries.length === 10) throw new Error('denied');
      return { Entries: Entries.map(() => ({ EventId: 'x' })) };
    };
    const client = { send } as unknown as EventBridgeClient;
    const bus = createAnnouncingBus({ client, busName: 'leads', pause: async () => {} });
    metrics.clearMetrics();
    expect(failedIds(await publishChanges({ bus })(given))).toEqual(['100', '101', '102', '103', '104']);
    expect(metrics.serializeMetrics().AnnouncementsFailed).toBe(10);
    metrics.clearMetrics();
  });

  it('fails the batch if it fails altogether', async () => {
    const publish = publishChanges({ bus: { publish: () => Promise.reject(new Error('no network')) } });
    await expect(publish(buildStreamEvent(...images(await written())))).rejects.toThrow('no network');
  });
});

describe('a record that cannot be read', () => {
  it('fails alone; all others are published, before it and after it', async () => {
    const items = entriesAmong(await written());
    const [first, ...others] = items as [Item, ...Item[]];
    const { detail: _detail, ...unreadable } = first;
    const { published, publish } = createFakeBus();
    const answer = await publish(buildStreamEvent({ item: first }, { item: unreadable }, ...images(others)));
    // The stream goes on from the record that failed; later records are announced again, with the same ids.
    expect(failedIds(answer)).toEqual(['101']);
    const changes = items.reduce((sum, item) => sum + parseChanges(item).length, 0);
    expect(listIds(published)).toHaveLength(changes);
  });

  it('of a kind that announces nothing is ignored', async () => {
    const { published, publish } = createFakeBus();
    const item = { pk: { S: 'LEAD#l-1' }, sk: { S: 'SOMETHING#NEW' } };
    expect(failedIds(await publish(buildStreamEvent({ item })))).toEqual([]);
    expect(published).toEqual([]);
  });
});

const followed = (more: Item): Item => ({
  pk: { S: 'LEAD#l-1' },
  position: { S: '000000000003.001' },
  occurredAt: { S: '2026-03-03T09:00:00.000Z' },
  correlationId: { S: 'deal-7' },
  causationId: { S: 'announcement-1' },
  ...more,
});
const nurture = (track?: string, position = '000000000003.001') =>
  followed({
    sk: { S: 'NURTURE' },
    position: { S: position },
    ...(track !== undefined && { track: { S: track } }),
  });

/** Publishes these images, which must not fail, and returns what is announced. */
const publishImages = async (...given: StreamImage[]) => {
  const { published, publish } = createFakeBus();
  expect(failedIds(await publish(buildStreamEvent(...given)))).toEqual([]);
  expect(brokenContracts(published)).toEqual([]);
  return published;
};

describe('a nurture track', () => {
  const listTypesAndData = (entries: readonly BusEvent[]) =>
    entries.map((entry) => [entry['detail-type'], entry.detail.data]);
  const position = { leadId: 'l-1', version: 3, ordinal: 1 };

  it('that begins is announced as started, with the announcement that it follows', async () => {
    const [started, ...others] = await publishImages({ item: nurture('mql-nurture') });
    expect(others).toEqual([]);
    expect(started).toMatchObject({
      source: 'sluice',
      'detail-type': 'NurtureStarted',
      detail: {
        metadata: {
          occurredAt: '2026-03-03T09:00:00.000Z',
          correlationId: 'deal-7',
          causationId: 'announcement-1',
        },
        data: { ...position, track: 'mql-nurture' },
      },
    });
  });

  it('that replaces another is announced as stopped, with the next track, and as started', async () => {
    const entries = await publishImages({ item: nurture('recycled'), before: nurture('mql-nurture') });
    expect(listTypesAndData(entries)).toEqual([
      ['NurtureStopped', { ...position, track: 'mql-nurture', replacedBy: 'recycled' }],
      ['NurtureStarted', { ...position, track: 'recycled' }],
    ]);
    expect(new Set(listIds(entries)).size).toBe(2);
  });

  it('that ends is announced as stopped, replaced by none', async () => {
    const entries = await publishImages({ item: nurture(), before: nurture('mql-nurture') });
    expect(listTypesAndData(entries)).toEqual([['NurtureStopped', { ...position, track: 'mql-nurture' }]]);
  });

  it('that continues is not announced, nor is none that stays none', async () => {
    expect(await publishImages({ item: nurture('mql-nurture'), before: nurture('mql-nurture') })).toEqual([]);
    expect(await publishImages({ item: nurture(), before: nurture() }, { item: nurture() })).toEqual([]);
  });

  it('that starts a second time is announced by an id of its own', async () => {
    const [first] = await publishImages({ item: nurture('recycled') });
    const [second] = await publishImages({
      item: nurture('recycled', '000000000009.000'),
      before: nurture(),
    });
    expect(first?.detail.metadata.eventId).not.toBe(second?.detail.metadata.eventId);
  });
});

describe('a nurture track that had to wait', () => {
  const startedAt = { trackStartedAt: { S: '2026-03-04T21:00:00.000Z' } };
  const waiting = {
    ...nurture(),
    waitingTrack: { S: 'mql-nurture' },
    dueAt: { S: '2026-03-04T21:00:00.000Z' },
  };

  it('is announced when it begins, at that instant, with the announcement that asked for it', async () => {
    const begun = { ...nurture('mql-nurture'), ...startedAt };
    const [started, ...others] = await publishImages({ item: begun, before: waiting });
    expect(others).toEqual([]);
    expect(started).toMatchObject({
      'detail-type': 'NurtureStarted',
      detail: {
        metadata: {
          occurredAt: '2026-03-04T21:00:00.000Z',
          correlationId: 'deal-7',
          causationId: 'announcement-1',
        },
        data: { leadId: 'l-1', version: 3, ordinal: 1, track: 'mql-nurture' },
      },
    });
  });

  it('is not announced while it waits, but the stop of the one before is', async () => {
    expect(await publishImages({ item: waiting, before: nurture() })).toEqual([]);
    const [stopped] = await publishImages({ item: waiting, before: nurture('recycled', '000000000002.000') });
    expect(stopped?.['detail-type']).toBe('NurtureStopped');
    expect(stopped?.detail.data).toEqual({ leadId: 'l-1', version: 3, ordinal: 1, track: 'recycled' });
  });

  it('has an id for each start by one announcement', async () => {
    const starts = await publishImages(
      { item: nurture('mql-nurture') },
      { item: { ...nurture('mql-nurture'), ...startedAt } },
      { item: { ...nurture('mql-nurture'), trackStartedAt: { S: '2026-03-05T21:00:00.000Z' } } },
      { item: { ...nurture('mql-nurture'), trackStartedAt: { S: '2026-03-03T09:00:00.000Z' } } },
    );
    expect(new Set(listIds(starts)).size).toBe(3);
    expect(listIds(starts)[0]).toBe(listIds(starts)[3]);
  });
});

describe('a hand-off', () => {
  const handoff = (status: string, more: Item = {}) =>
    followed({
      sk: { S: 'HANDOFF#h-1' },
      handoffStatus: { S: status },
      queue: { S: 'sales' },
      dueAt: { S: '2026-03-04T09:00:00.000Z' },
      handoffStage: { S: 'mql' },
      handoffTier: { S: 'good' },
      handoffScore: { N: '61.5' },
      ...more,
    });

  it('that begins is announced as requested, once', async () => {
    const item = handoff('open');
    const published = await publishImages({ item }, { item: { ...item, note: { S: 'x' } }, before: item });
    expect(published).toMatchObject([
      {
        'detail-type': 'HandoffRequested',
        detail: {
          data: {
            leadId: 'l-1',
            version: 3,
            ordinal: 1,
            handoffId: 'h-1',
            queue: 'sales',
            dueAt: '2026-03-04T09:00:00.000Z',
            stage: 'mql',
            tier: 'good',
            score: 61.5,
          },
        },
      },
    ]);
  });

  it('that was stored with a brief is announced with it', async () => {
    const brief = {
      reasons: [{ dimension: 'fit', criterion: 'role', text: 'is an executive', points: 80, weight: 60 }],
      question: { name: 'need', text: 'What do they need?' },
      attributes: { company: 'Example Ltd' },
    };
    const [announced] = await publishImages({
      item: handoff('open', { handoffBrief: { S: JSON.stringify(brief) } }),
    });
    expect(announced).toMatchObject({ detail: { data: brief } });
  });

  it('that gets its verdict is not announced: the verdict is an event of sales itself', async () => {
    expect(await publishImages({ item: handoff('accepted'), before: handoff('open') })).toEqual([]);
  });

  it('that misses a deadline is announced as such, at that deadline, with what follows, by one id', async () => {
    const first = { queue: 'sales', dueAt: '2026-03-02T09:00:00.000Z', followedBy: 'remind' };
    const second = { queue: 'sales', dueAt: '2026-03-03T09:00:00.000Z', followedBy: 'pass' };
    const having = (...missed: object[]): Item => ({ missed: { S: JSON.stringify(missed) } });
    const image = {
      before: handoff('open', having(first)),
      item: handoff('open', { ...having(first, second), queue: { S: 'backup' } }),
    };
    const published = await publishImages(image, image);
    expect(published).toMatchObject([
      {
        'detail-type': 'HandoffExpired',
        detail: {
          metadata: { occurredAt: second.dueAt },
          data: {
            ...{ leadId: 'l-1', version: 3, ordinal: 1, handoffId: 'h-1', tier: 'good' },
            ...{ ...second, deadline: 2, nextQueue: 'backup', nextDueAt: '2026-03-04T09:00:00.000Z' },
          },
        },
      },
      { detail: { data: { deadline: 2 } } },
    ]);
    expect(new Set(listIds(published)).size).toBe(1);
    expect(brokenContracts(published)).toEqual([]);
  });

  it('that changes otherwise after it missed a deadline announces nothing more', async () => {
    const missed = {
      missed: { S: '[{"queue":"sales","dueAt":"2026-03-02T09:00:00.000Z","followedBy":"none"}]' },
    };
    const before = handoff('open', missed);
    for (const item of [
      handoff('accepted', missed),
      handoff('erased', missed),
      { ...before, dueAt: { S: '2026-03-09T09:00:00.000Z' } },
    ])
      expect(await publishImages({ item, before })).toEqual([]);
  });

  it('that Sluice did not request is not announced', async () => {
    const verdict: Item = {
      pk: { S: 'LEAD#l-1' },
      sk: { S: 'HANDOFF#crm-1' },
      handoffStatus: { S: 'rejected' },
      answeredAt: { S: '2026-03-04T09:00:00.000Z' },
      actor: { S: 'rep-1' },
    };
    expect(await publishImages({ item: verdict })).toEqual([]);
  });
});

describe('a quarantined event', () => {
  const head: Item = {
    pk: { S: '0f'.repeat(16) },
    sk: { S: 'META' },
    code: { S: 'malformed' },
    reasons: { S: '["detail.data.stage: given \\"prospect\\"; allowed: subscriber, lead"]' },
    receivedAt: { S: '2026-03-01T09:00:00.000Z' },
    origin: { S: 'bus' },
    leadId: { S: 'l-1' },
    rejectedType: { S: 'LeadStageChanged' },
    bytes: { N: '241' },
    parts: { N: '1' },
    times: { N: '1' },
  };

  it('is announced with its reasons and what could be read of it', async () => {
    const { published, publish } = createFakeBus();
    await publish(buildStreamEvent({ item: head }));
    expect(brokenContracts(published)).toEqual([]);
    expect(published).toMatchObject([
      {
        'detail-type': 'EventQuarantined',
        detail: {
          metadata: { occurredAt: '2026-03-01T09:00:00.000Z' },
          data: {
            quarantineId: '0f'.repeat(16),
            code: 'malformed',
            reasons: ['detail.data.stage: given "prospect"; allowed: subscriber, lead'],
            leadId: 'l-1',
            rejectedType: 'LeadStageChanged',
            bytes: 241,
          },
        },
      },
    ]);
  });

  it.each([
    ['what its producer calls it', { correlationId: { S: 'c-1' }, rejectedEventId: { S: 'e-1' } }, 'c-1'],
    ['its own id', { rejectedEventId: { S: 'e-1' } }, 'e-1'],
    ['none, if its id is invalid', { rejectedEventId: { S: 'not an id' } }, undefined],
  ])('is announced in the correlation of %s', async (_what, readable, correlationId) => {
    const { published, publish } = createFakeBus();
    await publish(buildStreamEvent({ item: { ...head, ...readable } }));
    expect(brokenContracts(published)).toEqual([]);
    expect(published.map(({ detail }) => detail.metadata.correlationId)).toEqual([correlationId]);
  });

  it('is announced by the same id when its count rises, so that consumers drop the second', async () => {
    const { published, publish } = createFakeBus();
    await publish(buildStreamEvent({ item: head }, { item: { ...head, times: { N: '2' } } }));
    expect(new Set(listIds(published)).size).toBe(1);
  });

  it('is not announced by the parts of its body', async () => {
    const { published, publish } = createFakeBus();
    await publish(
      buildStreamEvent({ item: { pk: { S: 'x' }, sk: { S: 'PART#0000' }, body: { B: new Uint8Array() } } }),
    );
    expect(published).toEqual([]);
  });
});

describe('a lead that is closed', () => {
  const merging = buildEntry({
    type: 'LeadsMerged',
    data: { leadId: 'l-1', mergedLeadId: 'l-2' },
    at: '2026-03-05T09:00:00.000Z',
    id: 'merge',
  });
  const erasing = buildEntry({
    type: 'LeadErasureRequested',
    data: {},
    at: '2026-03-06T09:00:00.000Z',
    id: 'erase',
  });
  const profile = (leadId: string, id: string) =>
    buildEntry({ type: 'LeadProfileUpdated', data: { leadId, attributes: { seniority: 'executive' } }, id });
  const demo = buildEntry({ type: 'LeadActivityRecorded', data: { activity: 'demo_requested' }, id: 'demo' });

  /** Scores these events, each in a batch of its own. Returns what is announced, and the world. */
  const scoreAndPublish = async (...entries: readonly unknown[]) => {
    const world = createScoringWorld({ model: compileDocument(smallDocument()) });
    for (const entry of entries) await world.score(buildBatch(entry));
    const published = await publishImages(...images(world.written));
    expect(new Set(listIds(published)).size).toBe(published.length);
    return { published, world };
  };
  const of = (published: readonly BusEvent[], type: string) =>
    published.filter((entry) => entry['detail-type'] === type);
  const metadata = (id: string, day: string) => ({
    eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
    occurredAt: `2026-03-${day}T09:00:00.000Z`,
    schemaVersion: 1,
    correlationId: id,
    causationId: id,
  });

  it('is announced as redirected, with nothing left to do for it', async () => {
    const { published } = await scoreAndPublish(demo, profile('l-2', 'p-2'), merging);
    expect(of(published, 'LeadRedirected')).toEqual([
      {
        source: 'sluice',
        'detail-type': 'LeadRedirected',
        time: '2026-03-05T09:00:00.000Z',
        detail: {
          metadata: metadata('merge', '05'),
          data: {
            leadId: 'l-2',
            version: 2,
            ordinal: 0,
            action: { kind: 'none' },
            actionChanged: true,
            mergedInto: 'l-1',
          },
        },
      },
    ]);
  });

  it('changes the announcements of the survivor if the merge changes it', async () => {
    const { published } = await scoreAndPublish(demo, profile('l-2', 'p-2'), merging);
    expect(published.at(-1)).toMatchObject({ 'detail-type': 'LeadRedirected' });
    expect(of(published, 'LeadTierChanged').at(-1)?.detail).toMatchObject({
      metadata: metadata('merge', '05'),
      data: { leadId: 'l-1', version: 2, from: 'none', to: 'good', actionChanged: true },
    });
  });

  it('is not announced a second time by a merge without effect', async () => {
    const again = {
      ...merging,
      detail: { ...merging.detail, metadata: { ...merging.detail.metadata, eventId: 'x' } },
    };
    const once = await scoreAndPublish(demo, profile('l-2', 'p-2'), merging);
    const twice = await scoreAndPublish(demo, profile('l-2', 'p-2'), merging, again);
    expect(listDetailTypes(twice.published)).toEqual(listDetailTypes(once.published));
  });

  it('is announced as erased, with nothing left to do for it and none of its data', async () => {
    const { published } = await scoreAndPublish(profile('l-1', 'p-1'), erasing);
    expect(published.at(-1)).toEqual({
      source: 'sluice',
      'detail-type': 'LeadErased',
      time: '2026-03-06T09:00:00.000Z',
      detail: {
        metadata: metadata('erase', '06'),
        data: {
          leadId: 'l-1',
          version: 2,
          ordinal: 0,
          action: { kind: 'none' },
          actionChanged: true,
          cause: 'request',
        },
      },
    });
  });

  it('has no announcements of later events once it is erased', async () => {
    const { published, world } = await scoreAndPublish(erasing, profile('l-1', 'late'), demo);
    expect(listDetailTypes(published)).toEqual(['LeadErased']);
    expect((await world.findEntries('l-1')).map(({ kind }) => kind)).toEqual(['closing', 'erased', 'erased']);
  });

  it('fails to be announced if its entry does not hold what became of it', async () => {
    const { world } = await scoreAndPublish(demo, erasing);
    const closing = world.written.find(({ changes }) => changes?.S?.includes('LeadErased'));
    const { published, publish } = createFakeBus();
    const item = { ...closing, changes: { S: '{"actionChanged":true,"list":[]}' } } as Item;
    expect(failedIds(await publish(buildStreamEvent({ item })))).toEqual(['100']);
    expect(published).toEqual([]);
  });

  it('has no announcements when its entries are erased', async () => {
    const { world } = await scoreAndPublish(demo, profile('l-1', 'p-1'), erasing);
    const { published, publish } = createFakeBus();
    const scrubbed = entriesAmong(world.written).map((before) => ({ item: erased(before), before }));
    expect(failedIds(await publish(buildStreamEvent(...scrubbed)))).toEqual([]);
    expect(published).toEqual([]);
  });

  it('has announcements with the same ids when the stream is read again', async () => {
    const { published, world } = await scoreAndPublish(demo, profile('l-2', 'p-2'), merging, erasing);
    const second = createFakeBus();
    await second.publish(buildStreamEvent(...images(world.written)));
    expect(second.published).toEqual(published);
  });
});

describe('publishing a change of models', () => {
  const ana = { by: 'ana', reason: 'Calibrated on this year' };
  const numbered = (version: string) => compileDocument({ ...smallDocument(), version });

  /** Returns the items that a first model, a publication, an activation, a shadow and a rollback write. */
  const writtenByModels = async (): Promise<Item[]> => {
    const items: Item[] = [];
    const client = memoryClient({
      tables: { leads: [] },
      onChange: ({ after }) => after !== undefined && items.push(after),
    });
    const table = { client, table: 'leads', now: () => Date.parse('2026-03-01T09:00:00.000Z') };
    const registry = createModelRegistry(table);
    await ensureFirst(table, numbered('1'));
    await registry.publish(numbered('2').document, ana);
    await registry.shadow('small@2', ana);
    await registry.activate('small@2', 'none', ana);
    await registry.rollBack('all', { by: 'ben', reason: 'Too many hand-offs' });
    return items;
  };
  const readByStream = async () =>
    (await writtenByModels()).filter((item) =>
      compileFilter(activations)({
        eventName: 'INSERT',
        dynamodb: { Keys: { pk: item.pk, sk: item.sk }, NewImage: item },
      }),
    );

  it('announces what became active, with who, why and from which; storing a document announces nothing', async () => {
    const { published, publish } = createFakeBus();
    expect(failedIds(await publish(buildStreamEvent(...images(await readByStream()))))).toEqual([]);
    expect(published.map(({ detail, ...event }) => [event['detail-type'], event.time, detail.data])).toEqual(
      [
        { modelVersion: 'small@1', actor: 'deployment', reason: expect.stringContaining('first') },
        {
          modelVersion: 'small@2',
          previousModelVersion: 'small@1',
          actor: 'ana',
          reason: 'Calibrated on this year',
          actions: 'none',
        },
        {
          modelVersion: 'small@1',
          previousModelVersion: 'small@2',
          actor: 'ben',
          reason: 'Too many hand-offs',
          actions: 'all',
        },
      ].map((data) => ['ScoringModelActivated', '2026-03-01T09:00:00.000Z', data]),
    );
    expect(brokenContracts(published)).toEqual([]);
    expect(new Set(listIds(published)).size).toBe(3);
  });

  it('announces nothing else of what is written, and the same ids again', async () => {
    const [first, second] = [createFakeBus(), createFakeBus()];
    await first.publish(buildStreamEvent(...images(await writtenByModels())));
    await second.publish(buildStreamEvent(...images(await readByStream())));
    expect(second.published).toEqual(first.published);
  });
});

describe('the announcements of the sample stream', () => {
  it('all conform to their contracts, with ids of their own', async () => {
    const world = createScoringWorld();
    const entries = makeSample();
    for (let i = 0; i < entries.length; i += 10) await world.score(buildBatch(...entries.slice(i, i + 10)));
    const { published, publish } = createFakeBus();
    await publish(buildStreamEvent(...images(world.written)));
    expect(published.length).toBeGreaterThan(1_000);
    expect(brokenContracts(published)).toEqual([]);
    expect(new Set(listIds(published)).size).toBe(published.length);
    const changes = entriesAmong(world.written).flatMap(parseChanges);
    expect(published).toHaveLength(changes.length);
  });
});
