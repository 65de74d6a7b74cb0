import { beforeEach, describe, expect, it } from 'vitest';
import { apiLimits } from '../../../events/api/index.ts';
import { canaryPrefix, hourMs, outboundContracts, parseAction } from '../../../events/index.ts';
import { createDynamoDbFollowUps } from '../../../shared/follow-ups/index.ts';
import { now } from '../../support/events.ts';
import { buildRequest } from '../../support/handoffs.ts';
import { createClient, memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { type AskApi, askPages, buildLead, createQueryApi, storeLead } from '../../support/query-api.ts';
import { storeModel } from '../../support/store-model.ts';
import { indexes } from '../../support/tables.ts';
import { createMemoryWorld, type MemoryWorld } from '../../support/world.ts';

const model = compileDocument(smallDocument());
let world: MemoryWorld;
let ask: AskApi;
beforeEach(() => {
  world = createMemoryWorld();
  ask = createQueryApi({ client: world.client, model });
});

const isoIn = (hours: number): string => new Date(now + hours * hourMs).toISOString();
const followUps = () => createDynamoDbFollowUps(world.client, 'leads');

const announced = (leadId: string) => {
  const sample = structuredClone(outboundContracts.LeadTierChanged.sampleEvent);
  return parseAction({ ...sample, detail: { ...sample.detail, data: { ...sample.detail.data, leadId } } });
};
const request = (
  leadId: string,
  handoffId: string,
  dueInHours: number,
  queue = 'sales',
  modelVersion = 'small@1',
) =>
  followUps().openHandoff(
    announced(leadId),
    buildRequest({ handoffId, queue, modelVersion, dueAt: isoIn(dueInHours) }),
    now,
  );
const answer = (leadId: string, handoffId: string, status: 'accepted' | 'rejected') =>
  followUps().noteVerdict({
    leadId,
    handoffId,
    status,
    answeredAt: isoIn(-1),
    actor: 'ann',
    reason: 'no budget',
  });
const openOf = async (leadId: string) => {
  const [handoff] = (await followUps().readDeadlines(leadId)).handoffs;
  if (handoff === undefined) throw new Error(`lead ${leadId} has no open hand-off`);
  return handoff;
};

const list = (query: Readonly<Record<string, string>> = {}) => ask('listHandoffs', { query });
const idsOf = async (query: Readonly<Record<string, string>> = {}): Promise<string[]> =>
  (await askPages(ask, 'listHandoffs', { name: 'handoffs', query })).flat().map(({ handoffId }) => handoffId);

/** Stores a model with hand-offs to `field`, which pass to `backup`, and then escalate to `boss`. */
const storeFieldModel = async () => {
  const document = smallDocument();
  const { policy } = document;
  const action = { kind: 'handoff', queue: 'field', dueHours: 24 };
  // biome-ignore lint/suspicious/noThenProperty: the word of the model's language; a document is never awaited.
  const deadlines = { then: { field: [{ queue: 'backup', dueHours: 4 }, { escalateTo: 'boss' }] } };
  const other = compileDocument({
    ...document,
    version: '0',
    policy: { ...policy, rules: [{ stages: ['mql'], action }], deadlines },
  });
  await storeModel({ client: world.client, table: 'leads' }, other);
};

describe('GET /api/handoffs', () => {
  it('finds nothing in an empty table', async () => {
    expect(await list()).toMatchObject({ status: 200, body: { handoffs: [], cursor: null } });
    expect(await list({ queue: 'unheard-of', state: 'rejected' })).toMatchObject({
      body: { handoffs: [], cursor: null },
    });
  });

  it('lists open ones, the one that is due first before others, with whom to call', async () => {
    await request('l-1', 'h-soon', 2.5);
    await request('l-2', 'h-late', -3);
    await request('l-3', 'h-done', 1);
    await answer('l-3', 'h-done', 'accepted');
    await storeLead(
      world.client,
      buildLead('l-1', { attributes: { name: 'Ada', company: 'Engines', owner: 'Jo' } }),
    );
    await storeLead(world.client, { leadId: 'l-2', version: 2, status: 'erased' });
    const { body } = await list();
    const { stage, tier, score } = outboundContracts.LeadTierChanged.sampleEvent.detail.data;
    const common = {
      queue: 'sales',
      firstQueue: 'sales',
      state: 'open',
      deadline: 1,
      modelVersion: 'small@1',
      stage,
      tier,
      score,
    };
    expect(body.handoffs).toEqual([
      {
        ...common,
        id: 'l-2~h-late',
        handoffId: 'h-late',
        leadId: 'l-2',
        requestedAt: expect.any(String),
        dueAt: isoIn(-3),
        late: true,
        next: { followedBy: 'none', at: isoIn(-3) },
      },
      {
        ...common,
        id: 'l-1~h-soon',
        handoffId: 'h-soon',
        leadId: 'l-1',
        name: 'Ada',
        company: 'Engines',
        owner: 'Jo',
        requestedAt: expect.any(String),
        dueAt: isoIn(2.5),
        late: false,
        next: { followedBy: 'none', at: isoIn(2.5) },
      },
    ]);
  });

  it('lists those that were answered, by whom and why', async () => {
    await request('l-1', 'h-1', -3);
    await request('l-2', 'h-2', 1);
    await answer('l-1', 'h-1', 'rejected');
    await answer('l-2', 'h-2', 'accepted');
    expect((await list({ state: 'rejected' })).body.handoffs).toMatchObject([
      {
        handoffId: 'h-1',
        state: 'rejected',
        answeredAt: isoIn(-1),
        actor: 'ann',
        reason: 'no budget',
        late: false,
      },
    ]);
    expect(await idsOf({ state: 'accepted' })).toEqual(['h-2']);
    expect(await idsOf({ state: 'open' })).toEqual([]);
    expect(await idsOf({ state: 'withdrawn' })).toEqual([]);
  });

  it('lists those that are due by an instant', async () => {
    for (const hours of [-1, 1, 2, 5]) await request(`l-${hours}`, `h-${hours}`, hours);
    expect(await idsOf({ due: isoIn(2) })).toEqual(['h--1', 'h-1', 'h-2']);
    expect(await idsOf({ due: isoIn(-2) })).toEqual([]);
    expect(await idsOf({ due: isoIn(2).replace('Z', '+00:00'), queue: 'sales', limit: '2' })).toHaveLength(3);
  });

  it('follows a hand-off through its queues, and says what comes next', async () => {
    await storeFieldModel();
    await request('l-1', 'h-1', -1, 'field', 'small@0');
    expect((await list({ queue: 'field' })).body.handoffs).toMatchObject([
      { late: true, next: { followedBy: 'pass', at: isoIn(-1), to: 'backup' } },
    ]);
    await followUps().missDeadline(
      await openOf('l-1'),
      {
        missed: { queue: 'field', dueAt: isoIn(-1), followedBy: 'pass' },
        next: { queue: 'backup', hours: 4, startedAt: isoIn(-1), clock: { dueAt: isoIn(3) } },
      },
      now,
    );
    expect(await idsOf({ queue: 'field' })).toEqual([]);
    expect((await list({ queue: 'backup' })).body.handoffs).toMatchObject([
      {
        queue: 'backup',
        firstQueue: 'field',
        late: true,
        dueAt: isoIn(3),
        missed: [{ queue: 'field', followedBy: 'pass' }],
        next: { followedBy: 'escalate', at: isoIn(3), to: 'boss' },
      },
    ]);
    await followUps().moveDeadline(await openOf('l-1'), { pausedAt: isoIn(-0.5), leftMs: 1_000 }, now);
    const [paused] = (await list({ queue: 'backup' })).body.handoffs;
    expect(paused).toMatchObject({ pausedAt: isoIn(-0.5) });
    expect(paused).not.toHaveProperty('next');
    expect(paused).not.toHaveProperty('dueAt');
  });

  it('says nothing of what comes next if the model is not stored', async () => {
    await request('l-1', 'h-1', 1, 'sales', 'gone@1');
    expect((await list()).body.handoffs[0]).not.toHaveProperty('next');
  });

  it('lists the queues of the active model and of those in the directory, and others only by name', async () => {
    await request('l-1', 'h-sales', 1);
    await request('l-2', 'h-field', 2, 'field', 'small@0');
    await request('l-3', 'h-backup', 3, 'backup', 'small@0');
    await request('l-4', 'h-other', 4, 'other', 'small@0');
    expect(await idsOf()).toEqual(['h-sales']);
    await storeFieldModel();
    expect((await idsOf()).toSorted()).toEqual(['h-backup', 'h-field', 'h-sales']);
    expect(await idsOf({ queue: 'other' })).toEqual(['h-other']);
  });

  it('lists those that wait, with the instant at which they are requested', async () => {
    await request('l-1', 'h-1', 24);
    const later = announced('l-1');
    const event = {
      ...later,
      data: { ...later.data, version: later.data.version + 1 },
      metadata: {
        ...later.metadata,
        occurredAt: new Date(Date.parse(later.metadata.occurredAt) + hourMs).toISOString(),
      },
    } as typeof later;
    await followUps().openHandoff(event, buildRequest({ handoffId: 'h-2', modelVersion: 'small@1' }), now, {
      tierCooldownHours: 48,
      tracks: {},
    });
    const until = new Date(Date.parse(later.metadata.occurredAt) + 48 * hourMs).toISOString();
    const { handoffs } = (await list({ state: 'waiting' })).body;
    expect(handoffs).toMatchObject([{ handoffId: 'h-2', state: 'waiting', waitsUntil: until, late: false }]);
    expect(handoffs[0]).not.toHaveProperty('dueAt');
    expect(await idsOf({ state: 'waiting', due: until })).toEqual(['h-2']);
    expect(await idsOf({ state: 'waiting', due: later.metadata.occurredAt })).toEqual([]);
    expect(await idsOf()).toEqual(['h-1']);
  });

  it('goes on in a queue that no model names any more', async () => {
    const { policy } = smallDocument();
    const action = { kind: 'handoff', queue: 'field', dueHours: 24 };
    const before = compileDocument({ ...smallDocument(), policy: { ...policy, rules: [{ action }] } });
    for (const i of [1, 2, 3]) await request(`l-${i}`, `h-${i}`, i, 'field');
    await request('l-4', 'h-4', 4);
    const first = await createQueryApi({ client: world.client, model: before })('listHandoffs', {
      query: { limit: '2' },
    });
    expect(first.body.handoffs).toHaveLength(2);
    const second = await list({ cursor: first.body.cursor });
    expect(second.body.handoffs).toMatchObject([{ queue: 'field' }, { queue: 'sales' }]);
    expect(second.body.cursor).toBeNull();
  });

  it('lists a hand-off only in the queue and state that it has, if the index is behind', async () => {
    let isBehind = false;
    const client = memoryClient({ tables: indexes, now: () => 0, isStale: () => isBehind });
    world = { ...world, client };
    ask = createQueryApi({ client, model });
    for (const i of [1, 2]) await request(`l-${i}`, `h-${i}`, 1);
    await answer('l-1', 'h-1', 'accepted');
    const next = { queue: 'backup', hours: 4, startedAt: isoIn(1), clock: { dueAt: isoIn(5) } };
    const missed = { queue: 'sales', dueAt: isoIn(1), followedBy: 'pass' } as const;
    await followUps().missDeadline(await openOf('l-2'), { missed, next }, now);
    isBehind = true;
    expect(await idsOf({ queue: 'sales' })).toEqual([]);
  });

  it('reads only so much for a page, the leads among it, and goes on from there', async () => {
    for (let i = 0; i < 700; i++) await request(`l-${i}`, `h-${i}`, i === 650 ? -1 : 5);
    let read = 0;
    const counting = createClient(async (command) => {
      const answered = (await world.client.send(command as never)) as {
        Items?: unknown[];
        Responses?: Record<string, unknown[]>;
      };
      read += (answered.Items ?? Object.values(answered.Responses ?? {}).flat()).length;
      return answered;
    });
    ask = createQueryApi({ client: counting, model });
    for (const query of [{ limit: '200' }, { limit: '200', due: isoIn(0) }, { limit: '1', due: isoIn(0) }]) {
      read = 0;
      await list(query);
      expect(read).toBeLessThanOrEqual(apiLimits.itemsRead);
    }
    expect((await list({ due: isoIn(0) })).body).toMatchObject({ handoffs: [], cursor: expect.any(String) });
    expect(await idsOf({ due: isoIn(0) })).toEqual(['h-650']);
    expect(await idsOf({ limit: '200' })).toHaveLength(700);
  });

  it('never lists hand-offs of canaries, nor verdicts on hand-offs that were requested elsewhere', async () => {
    await request(`${canaryPrefix}1`, 'h-1', 1);
    await answer('l-1', 'elsewhere', 'accepted');
    expect(await idsOf()).toEqual([]);
    expect(await idsOf({ state: 'accepted' })).toEqual([]);
  });

  it('pages through several queues without a duplicate or a gap', async () => {
    await storeFieldModel();
    const expected: string[] = [];
    for (let i = 0; i < 15; i++) {
      const queue = ['sales', 'field', 'backup'][i % 3] ?? '';
      await request(`l-${i}`, `h-${i}`, i, queue, 'small@0');
      expected.push(`h-${i}`);
    }
    for (const limit of ['1', '4', '5', '200']) {
      const pages = await askPages(ask, 'listHandoffs', { name: 'handoffs', query: { limit } });
      const listed = pages.flat().map(({ handoffId }) => handoffId);
      expect(listed.toSorted()).toEqual(expected.toSorted());
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(Number(limit));
    }
  });

  it.each([
    ['queue', 'no queue', '1 to 64'],
    ['state', 'erased', 'open'],
    ['due', '2026-03-01', 'offset from UTC'],
    ['limit', '0', '1 to 200'],
    ['cursor', '..', 'cursor'],
  ])('refuses %s=%s', async (name, given, allowed) => {
    const { status, body } = await list({ [name]: given });
    expect(status).toBe(400);
    expect(body.errors[0].path).toBe(`query.${name}`);
    expect(body.errors[0].allowed).toContain(allowed);
  });

  it('refuses a cursor of another queue, state or instant, or one that was changed', async () => {
    for (const i of [1, 2, 3]) await request(`l-${i}`, `h-${i}`, i);
    const { cursor } = (await list({ limit: '1', queue: 'sales' })).body;
    expect((await list({ cursor, queue: 'sales' })).body.handoffs).toHaveLength(2);
    for (const query of [
      {},
      { queue: 'field' },
      { queue: 'sales', state: 'waiting' },
      { queue: 'sales', due: isoIn(9) },
    ])
      expect((await list({ cursor, ...query })).body.type).toBe('urn:sluice:problem:invalid-cursor');
    expect((await list({ cursor: `A${cursor}`, queue: 'sales' })).status).toBe(400);
  });
});
