import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { apiLimits, type Operation } from '../../../events/api/index.ts';
import type { BusEvent, Rejection } from '../../../events/index.ts';
import { manageQuarantine } from '../../../functions/manage-quarantine/manage-quarantine.ts';
import type { GatewayAnswer } from '../../../shared/api/index.ts';
import type { Bus } from '../../../shared/bus/index.ts';
import {
  computeQuarantineId,
  createDynamoDbQuarantine,
  createDynamoDbQuarantineAdmin,
} from '../../../shared/quarantine/index.ts';
import { createDynamoDbRequests } from '../../../shared/requests/index.ts';
import { apiRequest, bodyOf, type RequestProps } from '../../support/api-request.ts';
import { buildEntry } from '../../support/events.ts';
import { createHealthDeps } from '../../support/health-deps.ts';
import { createClient, memoryClient } from '../../support/memory-dynamodb.ts';
import { indexes } from '../../support/tables.ts';

const start = Date.parse('2026-03-10T09:00:00.000Z');

const createSetting = () => {
  let now = start;
  const taken: BusEvent[] = [];
  /** The commands that were sent to the database. */
  const sent: object[] = [];
  const client = memoryClient({ tables: { ...indexes, requests: [] } });
  const watched = createClient(async (command) => {
    sent.push(command);
    return client.memory.execute(command);
  });
  const state: { publish: Bus['publish']; before: (command: string) => Promise<unknown> } = {
    publish: async (events) => {
      taken.push(...events);
      return [];
    },
    before: async () => undefined,
  };
  const quarantine = createDynamoDbQuarantine(client, 'quarantine');
  const admin = createDynamoDbQuarantineAdmin(watched, 'quarantine');
  const requests = createDynamoDbRequests({ client, table: 'requests', now: () => now });
  const handle = manageQuarantine({
    quarantine: {
      ...admin,
      note: async (...given) => {
        await state.before('note');
        return admin.note(...given);
      },
    },
    requests,
    bus: { publish: (events) => state.publish(events) },
    health: createHealthDeps(client),
    now: () => now,
  });
  return {
    taken,
    sent,
    state,
    quarantine,
    admin,
    items: (table: string) => client.memory.items(table),
    pass: (ms: number) => {
      now += ms;
    },
    /** Sends a request, and checks the form of what comes back. */
    ask: async (operation: Operation, props: RequestProps = {}): Promise<GatewayAnswer> => {
      const answer = await handle(apiRequest(operation, props));
      if (answer.statusCode < 300) answers[operation].parse(bodyOf(answer));
      return answer;
    },
  };
};

const eventOf = (id: string, more: { stage?: string; leadId?: string; type?: string } = {}) => {
  const { stage = 'prospect', leadId = 'l-1', type = 'LeadStageChanged' } = more;
  return { ...buildEntry({ type: 'LeadStageChanged', data: { leadId, stage }, id }), 'detail-type': type };
};

let setting: ReturnType<typeof createSetting>;
beforeEach(() => {
  setting = createSetting();
});

const rejection = (code: Rejection['code'] = 'malformed'): Rejection => ({
  code,
  problems: [{ path: 'detail.data.stage', given: '"prospect"', allowed: 'lead' }],
});

const store = async (event: object | string, code?: Rejection['code']): Promise<string> => {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const receivedAt = '2026-03-01T09:00:00.000Z';
  await setting.quarantine.store({ body, rejection: rejection(code), origin: 'events', receivedAt });
  return computeQuarantineId(body);
};

const ask = (...given: Parameters<(typeof setting)['ask']>) => setting.ask(...given);
const replay = (id: string, body: object = {}, more: RequestProps = {}) =>
  ask('replayQuarantined', { path: { id }, body, ...more });
const discard = (id: string, reason = 'a test', more: RequestProps = {}) =>
  ask('discardQuarantined', { path: { id }, body: { reason }, ...more });
const read = (id: string) => setting.admin.read(id);

const expectProblem = (answer: GatewayAnswer, status: number, type: string): unknown[] => {
  const { errors, ...document } = bodyOf(answer);
  expect(document).toMatchObject({ status, type: `urn:sluice:problem:${type}` });
  expect(answer.statusCode).toBe(status);
  return errors;
};

const unknownId = '0'.repeat(32);
const erase = (leadId = 'l-1') =>
  setting.quarantine.redactLead(leadId, { actor: 'erase-lead', at: '2026-03-05T09:00:00.000Z' });

describe('each route of the quarantine', () => {
  const routes: readonly (readonly [Operation, (more: RequestProps) => Promise<GatewayAnswer>])[] = [
    ['listQuarantine', (more) => ask('listQuarantine', more)],
    ['replayQuarantined', (more) => replay(unknownId, {}, more)],
    ['discardQuarantined', (more) => discard(unknownId, 'a test', more)],
  ];

  it.each(routes)('is for admins and services alone: %s', async (_operation, send) => {
    for (const role of ['viewer', 'seller', 'nobody'] as const)
      expectProblem(await send({ role }), 403, 'forbidden');
    for (const role of ['admin', 'service'] as const)
      expect([200, 404]).toContain((await send({ role })).statusCode);
  });

  it.each(routes.slice(1))('answers 404 to an id that is unknown: %s', async (_operation, send) => {
    expect(expectProblem(await send({}), 404, 'not-found')).toEqual([
      { path: 'path.id', given: `"${unknownId}"`, allowed: expect.stringContaining('GET /api/quarantine') },
    ]);
  });

  it.each(['a'.repeat(31), 'A'.repeat(32), '../', 'a%2Fb', ''])('refuses the id %j', async (id) => {
    for (const answer of [await replay(id), await discard(id)])
      expect(expectProblem(answer, 400, 'invalid-request')).toEqual([
        expect.objectContaining({ path: 'path.id', allowed: '32 digits of 0-9 a-f' }),
      ]);
  });

  it('refuses a body that is too large, and one that it does not know', async () => {
    const id = await store(eventOf('e-1'));
    expectProblem(await discard(id, 'x'.repeat(apiLimits.bodyBytes)), 413, 'too-large');
    expectProblem(await discard(id, 'x'.repeat(501)), 400, 'invalid-request');
    expectProblem(
      await replay(id, { corrected: { x: 'x'.repeat(apiLimits.eventsBytes) } }),
      413,
      'too-large',
    );
    expectProblem(await replay(id, { forced: true }), 400, 'invalid-request');
    expectProblem(await replay(id, { corrected: [] }), 400, 'invalid-request');
    expect((await read(id))?.steps).toEqual([]);
  });
});

describe('the list of rejected events', () => {
  const list = async (query: Record<string, string> = {}) => bodyOf(await ask('listQuarantine', { query }));
  const idsOf = ({ events }: { events: { id: string }[] }) => events.map(({ id }) => id);

  /** Reads all pages. */
  const listAll = async (query: Record<string, string> = {}): Promise<string[]> => {
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { events: { id: string }[]; cursor: string | null } = await list({
        ...query,
        ...(cursor !== '' && { cursor }),
      });
      ids.push(...idsOf(page));
      cursor = page.cursor;
    }
    return ids;
  };

  it('is empty without any', async () => {
    expect(await list()).toEqual({ events: [], cursor: null });
  });

  it('has each with the reasons, the instants and the text', async () => {
    const body = JSON.stringify(eventOf('e-1'));
    const id = await store(body);
    await store(body);
    expect(await list()).toEqual({
      events: [
        {
          id,
          state: 'open',
          code: 'malformed',
          type: 'LeadStageChanged',
          eventId: 'e-1',
          leadId: 'l-1',
          source: 'test.producer',
          times: 2,
          firstReceivedAt: '2026-03-01T09:00:00.000Z',
          lastReceivedAt: '2026-03-01T09:00:00.000Z',
          expiresAt: '2026-08-28T09:00:00.000Z',
          reasons: ['detail.data.stage: given "prospect"; allowed: lead'],
          steps: 0,
          body,
          bodyBytes: body.length,
        },
      ],
      cursor: null,
    });
  });

  it('has nothing personal of one that was erased', async () => {
    const id = await store(eventOf('e-1'));
    await erase();
    expect(await list()).toEqual({ events: [], cursor: null });
    expect(await list({ state: 'erased' })).toEqual({
      events: [
        {
          id,
          state: 'erased',
          code: 'malformed',
          times: 1,
          firstReceivedAt: '2026-03-01T09:00:00.000Z',
          lastReceivedAt: '2026-03-01T09:00:00.000Z',
          expiresAt: '2026-08-28T09:00:00.000Z',
          reasons: [],
          steps: 1,
        },
      ],
      cursor: null,
    });
  });

  it('selects by code, lead, source and state', async () => {
    const malformed = await store(eventOf('e-1'));
    const unknown = await store(eventOf('e-2', { type: 'LeadMoved' }), 'unknown-type');
    const other = await store({ ...eventOf('e-3', { leadId: 'l-2' }), source: 'crm' });
    await discard(other);
    const sorted = (...ids: string[]) => ids.sort();
    expect(sorted(...(await listAll()))).toEqual(sorted(malformed, unknown));
    expect(sorted(...(await listAll({ state: 'all' })))).toEqual(sorted(malformed, unknown, other));
    expect(await listAll({ state: 'discarded' })).toEqual([other]);
    expect(await listAll({ code: 'unknown-type' })).toEqual([unknown]);
    expect(await listAll({ source: 'crm', state: 'all' })).toEqual([other]);
    expect(await listAll({ source: 'erp', state: 'all' })).toEqual([]);
    expect(sorted(...(await listAll({ lead: 'l-1' })))).toEqual(sorted(malformed, unknown));
    expect(await listAll({ lead: 'l-1', code: 'unknown-type' })).toEqual([unknown]);
    expect(await listAll({ lead: 'l-2' })).toEqual([]);
    expect(await listAll({ lead: 'l-3' })).toEqual([]);
  });

  it.each([
    ['of the table', ''],
    ['of a lead', 'l-1'],
  ])('has each event %s once, page by page', async (_what, lead) => {
    const stored = [];
    for (let n = 0; n < 23; n++) stored.push(await store(eventOf(`e-${n}`)));
    await replay(stored[3] ?? '', { corrected: eventOf('e-3', { stage: 'mql' }) });
    const filter = lead === '' ? { state: 'all' } : { state: 'all', lead };
    for (const limit of ['1', '5', '23', '200'])
      expect((await listAll({ ...filter, limit })).sort(), limit).toEqual(stored.toSorted());
  });

  it('has pages of one size also if most items are texts and steps', async () => {
    for (let n = 0; n < 3; n++) await store(eventOf(`e-${n}`));
    const { events, cursor } = await list({ limit: '2' });
    expect(events).toHaveLength(2);
    expect((await list({ limit: '2', cursor })).events).toHaveLength(1);
  });

  it('reads a bounded number of items, so that a page may be short', async () => {
    for (let n = 0; n < 7; n++) await store(eventOf(`e-${n}`));
    const page = (after?: { id: string; sortKey: string }) =>
      setting.admin.readPage({ filter: {}, limit: 50, after, itemsRead: 4, characters: 10 });
    let found = 0;
    let pages = 0;
    for (let answer = await page(); ; answer = await page(answer.next)) {
      found += answer.events.length;
      pages++;
      expect(answer.events.length).toBeLessThanOrEqual(2);
      if (answer.next === undefined) break;
    }
    expect(found).toBe(7);
    expect(pages).toBe(4);
    const byLead = await setting.admin.readPage({
      filter: { leadId: 'l-1' },
      limit: 50,
      itemsRead: 4,
      characters: 10,
    });
    expect(byLead).toMatchObject({ events: [{ beginning: '{"source":' }, {}], next: expect.anything() });
  });

  it('asks the table for heads alone', async () => {
    await store(eventOf('e-1'));
    await listAll();
    await listAll({ lead: 'l-1' });
    const scans = setting.sent.filter((command) => command instanceof ScanCommand);
    expect(scans).toHaveLength(1);
    expect(scans[0]?.input).toMatchObject({ Limit: apiLimits.itemsRead, Select: 'SPECIFIC_ATTRIBUTES' });
    expect(scans[0]?.input.ProjectionExpression).not.toContain('body');
    const queries = setting.sent.filter((command) => command instanceof QueryCommand);
    expect(queries.map(({ input: { IndexName } }) => IndexName)).toEqual(['by-lead']);
  });

  it('shows one event with its whole text and its steps, so that it can be corrected', async () => {
    const body = `x${'😀'.repeat(5_000)}`;
    await store(body, 'not-json');
    const [{ id }] = (await list()).events;
    await setting.ask('discardQuarantined', { path: { id }, body: { reason: 'a test' } });
    const answer = await setting.ask('getQuarantined', { path: { id } });
    expect(bodyOf(answer)).toMatchObject({
      ...{ id, state: 'discarded', body, bodyBytes: 20_001 },
      steps: [{ step: 'discarded', note: 'a test' }],
    });
    const missing = await setting.ask('getQuarantined', { path: { id: 'f'.repeat(32) } });
    expect(missing.statusCode).toBe(404);
  });

  it('cuts a long text between characters, and says how long it is', async () => {
    const body = `x${'😀'.repeat(5_000)}`;
    await store(body, 'not-json');
    const [event] = (await list()).events;
    expect(event.bodyBytes).toBe(20_001);
    expect(event.body).toHaveLength(apiLimits.quarantinedCharacters);
    expect(event.body.slice(0, -1)).toBe(body.slice(0, apiLimits.quarantinedCharacters - 1));
    expect(event.body.isWellFormed()).toBe(true);
  });

  it('ends a page before the answer is too large for Lambda', async () => {
    const stored = [];
    // A control character takes seven bytes of the answer.
    for (let n = 0; n < 200; n++) stored.push(await store(`${n}${'\u0001'.repeat(5_000)}`, 'not-json'));
    const answer = await ask('listQuarantine', { query: { limit: '200' } });
    expect(bodyOf(answer).events.length).toBeLessThan(200);
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(4.2 * 1024 * 1024);
    expect((await listAll({ limit: '200' })).sort()).toEqual(stored.sort());
  });

  it.each([
    { limit: '0' },
    { limit: '201' },
    { limit: '1e1' },
    { state: 'closed' },
    { code: 'broken' },
    { lead: 'l/1' },
    { source: '' },
    { status: 'open' },
    { cursor: 'x y' },
  ])('refuses the query %j', async (query) => {
    expect(expectProblem(await ask('listQuarantine', { query }), 400, 'invalid-request')).toHaveLength(1);
  });

  it.each(['', 'x'.repeat(apiLimits.cursorLength + 1)])(
    'refuses a cursor of another length',
    async (cursor) => {
      expectProblem(await ask('listQuarantine', { query: { cursor } }), 400, 'invalid-request');
    },
  );

  describe('by a cursor', () => {
    const firstCursor = async (query: Record<string, string> = {}): Promise<string> => {
      for (let n = 0; n < 3; n++) await store(eventOf(`e-${n}`));
      return (await list({ limit: '1', ...query })).cursor;
    };

    it('shows nothing of an id', async () => {
      const cursor = await firstCursor();
      expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/[0-9a-f]{32}|META/);
    });

    it('refuses one that was changed', async () => {
      const cursor = await firstCursor();
      for (const changed of [
        `${cursor}A`,
        cursor.slice(1),
        cursor.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
      ])
        expectProblem(
          await ask('listQuarantine', { query: { cursor: changed, limit: '1' } }),
          400,
          'invalid-cursor',
        );
    });

    it('refuses one of another query', async () => {
      const cursor = await firstCursor();
      for (const other of [{ state: 'all' }, { code: 'malformed' }, { lead: 'l-1' }, { source: 'crm' }])
        expectProblem(
          await ask('listQuarantine', { query: { cursor, ...other } as Record<string, string> }),
          400,
          'invalid-cursor',
        );
      // The size of a page may change.
      expect((await list({ cursor, limit: '2' })).events).toHaveLength(2);
    });

    it('refuses one that is old', async () => {
      const cursor = await firstCursor();
      setting.pass(apiLimits.cursorMs);
      expect((await list({ cursor, limit: '1' })).events).toHaveLength(1);
      setting.pass(1);
      expectProblem(await ask('listQuarantine', { query: { cursor } }), 400, 'invalid-cursor');
    });
  });
});

describe('a replay', () => {
  const fitting = eventOf('e-1', { stage: 'mql' });

  it('puts an event that is accepted by now on the bus as it came, and notes who did it', async () => {
    const id = await store(fitting, 'unknown-type');
    const answer = await replay(id);
    expect(answer.statusCode).toBe(202);
    expect(bodyOf(answer)).toEqual({ id, eventId: 'e-1', outcome: 'replayed', changed: [] });
    expect(setting.taken).toEqual([{ ...fitting, time: new Date(fitting.time).toISOString() }]);
    expect(await read(id)).toMatchObject({
      status: 'replayed',
      steps: [{ step: 'replayed', actor: 'jane@example.com', at: '2026-03-10T09:00:00.000Z' }],
    });
  });

  it('puts one without a time as of now', async () => {
    const { time: _, ...timeless } = fitting;
    await replay(await store(timeless));
    expect(setting.taken).toMatchObject([{ time: '2026-03-10T09:00:00.000Z' }]);
  });

  it('refuses an event that would be rejected again, and says why', async () => {
    const id = await store(eventOf('e-1'));
    const errors = expectProblem(await replay(id), 409, 'conflict');
    expect(errors).toEqual([
      {
        path: 'event.detail.data.stage',
        given: '"prospect"',
        allowed: expect.stringContaining('subscriber'),
      },
    ]);
    expect(setting.taken).toEqual([]);
    expect(await read(id)).toMatchObject({ status: 'open', steps: [] });
  });

  it('replays it by force', async () => {
    const id = await store(eventOf('e-1'));
    expect(bodyOf(await replay(id, { force: true }))).toMatchObject({ outcome: 'replayed' });
    expect(setting.taken).toHaveLength(1);
  });

  it.each([
    ['conflicting-content', 'an id of its own'],
    ['merge-cycle', 'to discard it'],
    ['merge-with-erased', 'DELETE /api/leads/{id}'],
    ['too-large', 'with less in it'],
  ] as const)('says what to do about %s', async (code, fix) => {
    const id = await store(fitting, code);
    expect(expectProblem(await replay(id), 409, 'conflict')).toEqual([
      { path: 'event', given: expect.any(String), allowed: expect.stringContaining(fix) },
    ]);
  });

  it('puts a corrected event in its place, and says which ids differ', async () => {
    const id = await store(eventOf('e-1'));
    const corrected = eventOf('e-2', { stage: 'mql', leadId: 'l-2' });
    expect(bodyOf(await replay(id, { corrected }))).toEqual({
      id,
      eventId: 'e-2',
      outcome: 'replayed',
      changed: [
        { field: 'eventId', from: 'e-1', to: 'e-2' },
        { field: 'leadId', from: 'l-1', to: 'l-2' },
      ],
    });
    expect(setting.taken).toMatchObject([{ detail: { data: { leadId: 'l-2', stage: 'mql' } } }]);
    expect((await read(id))?.steps).toMatchObject([
      { step: 'corrected', corrected: { id: computeQuarantineId(JSON.stringify(corrected)) } },
    ]);
  });

  it('names no changed ids if the corrected event is the same one', async () => {
    const id = await store(eventOf('e-1'));
    expect(bodyOf(await replay(id, { corrected: fitting })).changed).toEqual([]);
  });

  it('refuses a corrected event that is none', async () => {
    const id = await store(eventOf('e-1'));
    const again = await replay(id, { corrected: eventOf('e-1') });
    expect(expectProblem(again, 409, 'conflict')).toEqual([
      expect.objectContaining({ path: 'body.corrected.detail.data.stage' }),
    ]);
    for (const corrected of [
      {},
      { ...fitting, source: 'sluice' },
      { ...fitting, 'detail-type': 'LeadClockAdvanced' },
    ])
      expect(expectProblem(await replay(id, { corrected, force: true }), 400, 'invalid-request')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ path: expect.stringMatching(/^body\.corrected/) }),
        ]),
      );
    const large = { ...fitting, detail: { ...fitting.detail, more: 'x'.repeat(1024 * 1024) } };
    expect(expectProblem(await replay(id, { corrected: large, force: true }), 413, 'too-large')).toEqual([
      { path: 'body.corrected', given: expect.stringContaining('bytes'), allowed: 'at most 1048576 bytes' },
    ]);
    expect(await read(id)).toMatchObject({ status: 'open', steps: [] });
  });

  it('refuses what the bus would refuse, also by force', async () => {
    const id = await store('hello', 'not-json');
    expect(expectProblem(await replay(id, { force: true }), 400, 'invalid-request')).toEqual([
      { path: 'event', given: '"hello"', allowed: 'one EventBridge entry as JSON' },
    ]);
  });

  it('does nothing if it is a dry run, and says what would happen', async () => {
    const id = await store(fitting);
    const headers = { 'idempotency-key': 'k-1' };
    const answer = await replay(id, { dryRun: true }, { headers });
    expect(bodyOf(answer)).toEqual({ id, eventId: 'e-1', outcome: 'would-be-replayed', changed: [] });
    expectProblem(await replay(await store(eventOf('e-2')), { dryRun: true }), 409, 'conflict');
    expect(setting.taken).toEqual([]);
    expect(await read(id)).toMatchObject({ status: 'open', steps: [] });
    expect(setting.items('requests')).toEqual([]);
  });

  it('may be repeated, and says so', async () => {
    const id = await store(fitting);
    await replay(id);
    expect(bodyOf(await replay(id))).toMatchObject({ outcome: 'replayed-again' });
    // It is the same event, which the ledger records once.
    expect(new Set(setting.taken.map((event) => JSON.stringify(event))).size).toBe(1);
    expect((await read(id))?.status).toBe('replayed');
  });

  it('is carried out once and answered alike if it is sent again with its key', async () => {
    const id = await store(eventOf('e-1'));
    const send = () => replay(id, { corrected: fitting }, { headers: { 'idempotency-key': 'k-1' } });
    const first = await send();
    setting.pass(60_000);
    expect(await send()).toEqual(first);
    expect(setting.taken).toHaveLength(1);
    expect((await read(id))?.steps).toHaveLength(1);
  });

  it('is carried out to its end if it stopped before it was noted', async () => {
    const id = await store(fitting);
    const headers = { 'idempotency-key': 'k-1' };
    setting.state.before = () => Promise.reject(new Error('the function ended'));
    expectProblem(await replay(id, {}, { headers }), 500, 'internal');
    setting.state.before = async () => undefined;
    expect(bodyOf(await replay(id, {}, { headers }))).toMatchObject({ outcome: 'replayed' });
    expect((await read(id))?.status).toBe('replayed');
  });

  it('puts an event under a source of Sluice only if it came under that', async () => {
    const own = { ...fitting, source: 'sluice.cli' };
    expect((await replay(await store(own))).statusCode).toBe(202);
    const id = await store(eventOf('e-2'));
    for (const source of ['sluice.cli', 'sluice.api', 'sluice.canary']) {
      const corrected = { ...fitting, source };
      const { detail, time, 'detail-type': type } = fitting;
      for (const given of [corrected, { Source: source, DetailType: type, Time: time, Detail: detail }])
        expect(
          expectProblem(await replay(id, { corrected: given, force: true }), 400, 'invalid-request'),
        ).toEqual([expect.objectContaining({ path: 'body.corrected.source' })]);
    }
    expect(await read(id)).toMatchObject({ status: 'open', steps: [] });
    expect(setting.taken).toHaveLength(1);
  });

  it('puts no event as the canary, which the bus would refuse', async () => {
    const id = await store({ ...fitting, source: 'sluice.canary' });
    expect(expectProblem(await replay(id, { force: true }), 409, 'conflict')).toEqual([
      expect.objectContaining({ path: 'event.source', given: '"sluice.canary"' }),
    ]);
    expect(setting.taken).toEqual([]);
  });

  it('refuses the idempotency key of another request', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    await replay(await store(fitting), {}, { headers });
    const id = await store(eventOf('e-2', { stage: 'mql' }));
    expectProblem(await replay(id, {}, { headers }), 422, 'key-reused');
    expectProblem(await discard(id, 'a test', { headers }), 422, 'key-reused');
    expect(await read(id)).toMatchObject({ status: 'open', steps: [] });
    expect(setting.taken).toHaveLength(1);
  });

  it('counts once if two requests have the same idempotency key at the same time', async () => {
    const ids = [await store(fitting), await store(eventOf('e-2', { stage: 'mql' }))];
    const headers = { 'idempotency-key': 'k-1' };
    const answers = await Promise.all(ids.map((id) => replay(id, {}, { headers })));
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([202, 422]);
    expect(setting.taken).toHaveLength(1);
  });

  it('says that the event has come again meanwhile', async () => {
    const id = await store(fitting);
    setting.state.before = () => store(fitting);
    expect(bodyOf(await replay(id))).toMatchObject({ outcome: 'came-again' });
    expect((await read(id))?.status).toBe('open');
  });

  it('says that the lead was erased meanwhile', async () => {
    const id = await store(fitting);
    setting.state.before = () => erase();
    expect(bodyOf(await replay(id, { corrected: fitting }))).toMatchObject({ outcome: 'gone' });
    expect(JSON.stringify(await read(id))).not.toContain('mql');
  });

  it('refuses one whose lead was erased, also corrected', async () => {
    const id = await store(fitting);
    await erase();
    expect(expectProblem(await replay(id), 410, 'erased')).toEqual([]);
    expectProblem(await replay(id, { corrected: fitting, force: true }), 410, 'erased');
    expect(setting.taken).toEqual([]);
  });

  it('says what is to be decided about a merge with an erased lead', async () => {
    const merge = buildEntry({
      type: 'LeadsMerged',
      data: { leadId: 'l-1', mergedLeadId: 'l-2' },
      id: 'e-1',
    });
    const id = await store(merge, 'merge-with-erased');
    await erase();
    expect(expectProblem(await replay(id), 410, 'erased')).toEqual([
      expect.objectContaining({ allowed: expect.stringContaining('DELETE /api/leads/{id}') }),
    ]);
  });

  it.each<[string, Bus['publish']]>([
    ['refuses the event', async () => [0]],
    ['can not be reached', async () => Promise.reject(new Error('connect ECONNREFUSED'))],
  ])('answers 503 if the bus %s, and leaves the event open', async (_what, publish) => {
    const id = await store(fitting);
    const working = setting.state.publish;
    setting.state.publish = publish;
    const headers = { 'idempotency-key': 'k-1' };
    expectProblem(await replay(id, {}, { headers }), 503, 'unavailable');
    expect(await read(id)).toMatchObject({ status: 'open', steps: [] });
    setting.state.publish = working;
    expect(bodyOf(await replay(id, {}, { headers }))).toMatchObject({ outcome: 'replayed' });
  });
});

describe('a discard', () => {
  it('marks the event, with the reason and who did it', async () => {
    const id = await store(eventOf('e-1'));
    const answer = await discard(id, 'a test of the shop', { role: 'service' });
    expect(answer.statusCode).toBe(200);
    expect(bodyOf(answer)).toEqual({ id, state: 'discarded' });
    expect(await read(id)).toMatchObject({
      status: 'discarded',
      steps: [
        {
          step: 'discarded',
          note: 'a test of the shop',
          actor: 'arn:aws:sts::123456789012:assumed-role/crm/bridge',
        },
      ],
    });
  });

  it('is noted once if the request is sent again, and again for another reason', async () => {
    const id = await store(eventOf('e-1'));
    for (const reason of ['a test', 'a test', 'a slip']) {
      expect(bodyOf(await discard(id, reason))).toEqual({ id, state: 'discarded' });
      setting.pass(1_000);
    }
    expect((await read(id))?.steps.map(({ note }) => note)).toEqual(['a test', 'a slip']);
  });

  it('needs a reason', async () => {
    const id = await store(eventOf('e-1'));
    expectProblem(await discard(id, ''), 400, 'invalid-request');
    expectProblem(await ask('discardQuarantined', { path: { id }, body: {} }), 400, 'invalid-request');
    expectProblem(await ask('discardQuarantined', { path: { id } }), 415, 'unsupported-media-type');
    expect((await read(id))?.status).toBe('open');
  });

  it('is refused if the event has come again meanwhile', async () => {
    const id = await store(eventOf('e-1'));
    setting.state.before = () => store(eventOf('e-1'));
    expectProblem(await discard(id), 409, 'conflict');
    expect((await read(id))?.status).toBe('open');
  });

  it('is refused if the event was erased, before or meanwhile, and stores nothing', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    const before = await store(eventOf('e-1'));
    await erase();
    expectProblem(await discard(before, 'a test', { headers }), 410, 'erased');
    expect(setting.items('requests')).toEqual([]);
    const meanwhile = await store(eventOf('e-2', { leadId: 'l-2' }));
    setting.state.before = () => erase('l-2');
    expectProblem(await discard(meanwhile), 404, 'not-found');
  });
});
