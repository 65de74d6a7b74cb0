import { readFileSync } from 'node:fs';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { apiLimits } from '../../../events/api/index.ts';
import { asOfRecord, leadRecord } from '../../../shared/as-of/index.ts';
import { S } from '../../../shared/dynamodb/index.ts';
import { handoffKey, modelKey, nurtureKey, stateKey } from '../../../shared/keys/index.ts';
import { buildBatch, createScoringWorld } from '../../support/deliveries.ts';
import { buildEntry } from '../../support/events.ts';
import { fadingDocument } from '../../support/fading-model.ts';
import { createClient } from '../../support/memory-dynamodb.ts';
import { compileDocument } from '../../support/models.ts';
import { queryStack } from '../../support/query-stack.ts';
import { createTimedStack, demo, instant, twoDemos } from '../../support/timed-stack.ts';

type Stack = Awaited<ReturnType<typeof twoDemos>>;

const lead = (id = 'l-1', query: Record<string, string> = {}) => ({ path: { id }, query });
const at = (day: string) => ({ at: `2026-${day}:00Z` });
const key = ({ pk, sk }: { pk: string; sk: string }) => ({ pk: S(pk), sk: S(sk) });
const remove = ({ stores }: Stack, Key: ReturnType<typeof key>) =>
  stores.client.send(new DeleteItemCommand({ TableName: 'leads', Key }));
const askAt = ({ stores }: Stack, clock: string) => queryStack({ stores, now: () => instant(clock) });

/** Returns a stack with a lead of which nothing changes by itself, and which nobody is to do anything about. */
const steadyLead = async () => {
  const stack = createTimedStack('03-20T09:30');
  const attributes = { seniority: 'executive', department: 'sales' };
  await stack.send(stack.entry('03-01T09:00', 'LeadProfileUpdated', { leadId: 'l-1', attributes }));
  return stack;
};

describe('GET /api/leads/{id}', () => {
  it('answers with the lead as of now, as `sluice explain --json` shows it', async () => {
    const stack = await twoDemos('03-20T09:30');
    const { status, headers, body } = await askAt(stack, '03-20T09:30')('getLead', lead());
    expect(status).toBe(200);
    expect(headers).toMatchObject({ etag: '"3"', 'cache-control': 'no-store' });
    const shown = await stack.read('l-1');
    expect(body).toMatchObject({ ...leadRecord(shown.state), ...asOfRecord(shown) });
    expect(body).toMatchObject({
      leadId: 'l-1',
      asOf: '2026-03-20T09:30:00.000Z',
      tier: 'good',
      score: 71,
      meanwhile: [{ at: '2026-03-16T10:00:00.000Z', tier: 'good' }],
      next: { at: '2026-04-05T10:00:00.000Z', what: ['tier', 'action'] },
      lastHeard: '2026-03-11T09:00:00.000Z',
      shown: { name: null, company: null, owner: null },
      facts: {
        activities: {
          demo_requested: {
            count: 2,
            last: '2026-03-11T09:00:00.000Z',
            days: [
              { day: '2026-03-01', count: 1 },
              { day: '2026-03-11', count: 1 },
            ],
          },
        },
      },
      explanation: { counted: [{ criterion: 'demo', weight: 71 }] },
      askNext: { questions: [{ question: 'need', couldDisqualify: true }], more: 0 },
      handoffs: [],
      moreHandoffs: false,
      nurture: null,
    });
    expect(body.requestedId).toBeUndefined();
  });

  it('answers with every lead of the sample stream in the form of its schema', async () => {
    const world = createScoringWorld();
    const lines = readFileSync(new URL('../../../cli/sample/events.jsonl', import.meta.url), 'utf8');
    const events = lines.split('\n', 600).map((line) => JSON.parse(line));
    for (let i = 0; i < events.length; i += 50) await world.score(buildBatch(...events.slice(i, i + 50)));
    const ids = new Set(world.memory.items().map(({ pk }) => pk?.S?.slice('LEAD#'.length) ?? ''));
    const ask = queryStack({ stores: world.stores, now: () => instant('06-01T00:00') });
    const statuses = new Set<number>();
    for (const id of ids) {
      statuses.add((await ask('getLead', lead(id))).status);
      statuses.add((await ask('getTimeline', lead(id))).status);
    }
    expect(ids.size).toBeGreaterThan(20);
    expect([...statuses].filter((status) => status !== 200 && status !== 410)).toEqual([]);
  });

  it('reads the whole lead by one request, and its model once', async () => {
    const { stores } = await twoDemos();
    const sent: string[] = [];
    const client = createClient(async (command) => {
      sent.push(command.constructor.name);
      return stores.client.send(command as never);
    });
    const ask = queryStack({ stores: { client }, now: () => instant('03-12T00:00') });
    await ask('getLead', lead());
    expect(sent).toEqual(['QueryCommand', 'BatchGetItemCommand']);
    await ask('getLead', lead());
    expect(sent.slice(2)).toEqual(['QueryCommand']);
  });

  it('has the hand-offs, the latest first, without erased ones, and the nurture', async () => {
    const stack = await twoDemos();
    const { ledger } = stack.stores;
    const handoff = (id: string, on: string, more = {}) =>
      ledger.put({
        ...key(handoffKey('l-1', id)),
        handoffStatus: S('open'),
        queue: S('sales'),
        occurredAt: S(`2026-03-${on}T09:00:00.000Z`),
        ...more,
      });
    handoff('h-1', '01', { handoffStatus: S('accepted'), answeredAt: S('2026-03-02T09:00:00.000Z') });
    handoff('h-2', '11', { dueAt: S('2026-03-12T09:00:00.000Z') });
    handoff('h-3', '02', { handoffStatus: S('erased') });
    ledger.put({ ...key(nurtureKey('l-1')), refusedTrack: S('slow'), position: S('1') });
    const { body } = await askAt(stack, '03-12T00:00')('getLead', lead());
    expect(body.handoffs.map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual([
      ['l-1~h-2', 'open'],
      ['l-1~h-1', 'accepted'],
    ]);
    expect(body.next).toEqual({ at: '2026-03-12T09:00:00.000Z', what: ['handoffDue'], queue: 'sales' });
    expect(body.nurture).toEqual({ refused: 'slow' });
  });

  it('reads a bounded number of hand-offs, and says that there are more', async () => {
    const stack = await twoDemos();
    for (let i = 0; i < apiLimits.itemsRead; i++)
      stack.stores.ledger.put({ ...key(handoffKey('l-1', `h-${i}`)), handoffStatus: S('accepted') });
    const { status, body } = await askAt(stack, '03-12T00:00')('getLead', lead());
    expect(status).toBe(200);
    expect(body).toMatchObject({ tier: 'excellent', moreHandoffs: true });
    expect(body.handoffs).toHaveLength(apiLimits.itemsRead - 1);
  });

  it('answers with the lead that the one asked for was merged into', async () => {
    const stack = await twoDemos();
    await stack.send(
      stack.entry('03-02T09:00', 'LeadActivityRecorded', demo('l-2')),
      stack.entry('03-11T10:00', 'LeadsMerged', { leadId: 'l-1', mergedLeadId: 'l-2' }),
    );
    const ask = askAt(stack, '03-12T00:00');
    expect((await ask('getLead', lead('l-2'))).body).toMatchObject({ leadId: 'l-1', requestedId: 'l-2' });
    const before = await ask('getLead', lead('l-2', at('03-09T09:00')));
    expect(before.body).toMatchObject({ leadId: 'l-2', score: 73 });
    expect(before.body.requestedId).toBeUndefined();
  });
});

describe('a lead as of another instant', () => {
  it('stands as it did by what had happened, without an ETag and without what is stored as it is now', async () => {
    const stack = await twoDemos();
    const { headers, body } = await askAt(stack, '03-12T00:00')('getLead', lead('l-1', at('03-09T09:00')));
    expect(body).toMatchObject({
      asOf: '2026-03-09T09:00:00.000Z',
      tier: 'good',
      score: 72,
      version: 2,
      meanwhile: [],
      next: { at: '2026-03-26T10:00:00.000Z' },
    });
    expect(headers.etag).toBeUndefined();
    expect(body.handoffs).toBeUndefined();
  });

  it('stands as it will if nothing happens until then', async () => {
    const stack = await twoDemos();
    const { body } = await askAt(stack, '03-12T00:00')('getLead', lead('l-1', at('04-06T00:00')));
    expect(body).toMatchObject({ tier: 'risky', meanwhile: [{ tier: 'good' }, { tier: 'risky' }] });
  });

  it("isn't found before anything was known of it", async () => {
    const stack = await twoDemos();
    const { status, body } = await askAt(stack, '03-12T00:00')('getLead', lead('l-1', at('03-01T08:59')));
    expect(status).toBe(404);
    expect(body).toMatchObject({
      type: 'urn:sluice:problem:not-found',
      detail: 'nothing was known of the lead on 2026-03-01T08:59:00.000Z',
      errors: [
        {
          path: 'query.at',
          given: '"2026-03-01T08:59:00.000Z"',
          allowed: '2026-03-01T09:00:00.000Z or later',
        },
      ],
    });
  });

  it("isn't found after it is erased for its age", async () => {
    const document = fadingDocument();
    const policy = { ...document.policy, retainMonths: 1 };
    const stack = createTimedStack('03-20T00:00', compileDocument({ ...document, policy }));
    await stack.send(stack.entry('03-01T09:00', 'LeadActivityRecorded', demo()));
    const ask = askAt(stack, '03-20T00:00');
    expect((await ask('getLead', lead('l-1', at('03-31T09:00')))).status).toBe(200);
    const { status, body } = await ask('getLead', lead('l-1', at('04-02T09:00')));
    expect([status, body.errors[0].allowed]).toEqual([404, 'before 2026-04-01T09:00:00.000Z']);
  });

  it('is refused if more had happened by then than is read', async () => {
    const world = createScoringWorld();
    const events = Array.from({ length: apiLimits.itemsRead }, (_, i) =>
      buildEntry({
        type: 'LeadActivityRecorded',
        data: { leadId: 'l-1', activity: 'page_visited' },
        at: new Date(instant('03-01T09:00') + i * 1_000).toISOString(),
        id: `e-${i}`,
      }),
    );
    for (let i = 0; i < events.length; i += 50) await world.score(buildBatch(...events.slice(i, i + 50)));
    const ask = queryStack({ stores: world.stores, now: () => instant('06-01T00:00') });
    const { status, body } = await ask('getLead', lead('l-1', at('05-01T00:00')));
    expect([status, body.type]).toEqual([422, 'urn:sluice:problem:too-much-to-read']);
    expect((await ask('getLead', lead('l-1', at('03-01T09:05')))).status).toBe(200);
    expect((await ask('getLead', lead('l-1'))).status).toBe(200);
  });

  it.each(['yesterday', '2026-03-01', '2026-03-01T09:00:00', '2026-02-30T00:00:00Z', '', '1'])(
    'is refused for the instant %j',
    async (given) => {
      const { status, body } = await askAt(await twoDemos(), '03-12T00:00')(
        'getLead',
        lead('l-1', { at: given }),
      );
      expect(status).toBe(400);
      expect(body.errors[0]).toMatchObject({ path: 'query.at', given: JSON.stringify(given) });
    },
  );
});

describe("a lead that can't be shown", () => {
  it("isn't found if nothing was ever heard of it", async () => {
    const { status, body } = await askAt(await twoDemos(), '03-12T00:00')('getLead', lead('l-9'));
    expect(status).toBe(404);
    expect(body.errors).toEqual([
      { path: 'path.id', given: '"l-9"', allowed: 'the id of a lead of which an event is recorded' },
    ]);
  });

  it('is gone with its erasure, also as of before and after it, and for the lead that was merged into it', async () => {
    const stack = await twoDemos();
    await stack.send(
      stack.entry('03-02T09:00', 'LeadActivityRecorded', demo('l-2')),
      stack.entry('03-11T10:00', 'LeadsMerged', { leadId: 'l-1', mergedLeadId: 'l-2' }),
      stack.entry('03-11T11:00', 'LeadErasureRequested', { leadId: 'l-1' }),
    );
    const ask = askAt(stack, '03-12T00:00');
    for (const query of [{}, at('03-09T09:00'), at('04-09T09:00')]) {
      const { status, body } = await ask('getLead', lead('l-1', query));
      expect([status, body.type]).toEqual([410, 'urn:sluice:problem:erased']);
    }
    const merged = await ask('getLead', lead('l-2'));
    expect(merged.status).toBe(410);
    expect(JSON.stringify(merged.body)).not.toContain('l-1');
  });

  it('says that its state is lost, if it has a ledger', async () => {
    const stack = await twoDemos();
    await remove(stack, key(stateKey('l-1')));
    const { status, body } = await askAt(stack, '03-12T00:00')('getLead', lead());
    expect(status).toBe(409);
    expect(body.detail).toContain('its state is lost');
  });

  it("says that its model isn't stored; the deployed one need not be", async () => {
    const stack = await twoDemos();
    await remove(stack, key(modelKey('fading@1')));
    const { status, body } = await askAt(stack, '03-12T00:00')('getLead', lead());
    expect(status).toBe(409);
    expect(body.detail).toContain('fading@1');
    const model = compileDocument(fadingDocument());
    const ask = queryStack({ stores: stack.stores, now: () => instant('03-12T00:00'), model });
    expect((await ask('getLead', lead())).body).toMatchObject({ modelVersion: 'fading@1' });
  });

  it.each(['', 'a b', 'a/b', '%41', 'x'.repeat(129), 'l-1\n', '<l>'])(
    'is refused for the malformed id %j',
    async (id) => {
      const ask = askAt(await twoDemos(), '03-12T00:00');
      for (const operation of ['getLead', 'getTimeline'] as const) {
        const { status, body } = await ask(operation, lead(id));
        expect([status, body.errors[0].path]).toEqual([400, 'path.id']);
        expect(body.errors[0].allowed).toContain('1 to 128 characters');
      }
    },
  );

  it('is refused for a parameter that the route lacks', async () => {
    const { status, body } = await askAt(await twoDemos(), '03-12T00:00')(
      'getLead',
      lead('l-1', { As: '1' }),
    );
    expect([status, body.type]).toEqual([400, 'urn:sluice:problem:invalid-request']);
  });
});

describe('a caller that names the version it has', () => {
  const withVersion = (version: number, props = lead()) => ({
    ...props,
    headers: { 'if-none-match': `"${version}"` },
  });

  it('gets no body if nothing of the answer can have changed', async () => {
    const stack = await steadyLead();
    const { status, headers, body } = await askAt(stack, '03-20T09:30')('getLead', withVersion(1));
    expect([status, headers.etag, body]).toEqual([304, '"1"', '']);
  });

  it('gets the lead if it has another version', async () => {
    const stack = await steadyLead();
    expect((await askAt(stack, '03-20T09:30')('getLead', withVersion(2))).status).toBe(200);
  });

  it('gets the lead as of an instant, whatever its version', async () => {
    const stack = await steadyLead();
    const props = withVersion(1, lead('l-1', at('03-20T09:30')));
    expect((await askAt(stack, '03-20T09:30')('getLead', props)).status).toBe(200);
  });

  it('gets the lead if time has changed its score', async () => {
    const document = fadingDocument();
    const quiet = compileDocument({ ...document, policy: { ...document.policy, rules: [] } });
    const stack = createTimedStack('03-04T09:30', quiet);
    await stack.send(stack.entry('03-01T09:00', 'LeadActivityRecorded', demo()));
    const { status, body } = await askAt(stack, '03-04T09:30')('getLead', withVersion(1));
    expect([status, body.version, body.score]).toEqual([200, 1, 77]);
  });

  it('gets the lead if it has a hand-off, which changes without a new version', async () => {
    const stack = await steadyLead();
    stack.stores.ledger.put({ ...key(handoffKey('l-1', 'h-1')), handoffStatus: S('open') });
    expect((await askAt(stack, '03-20T09:30')('getLead', withVersion(1))).status).toBe(200);
  });

  it('gets the lead that its own was merged into, which has versions of its own', async () => {
    const stack = await steadyLead();
    await stack.send(
      stack.entry('03-02T09:00', 'LeadProfileUpdated', { leadId: 'l-2', attributes: { team: 'a' } }),
      stack.entry('03-11T10:00', 'LeadsMerged', { leadId: 'l-1', mergedLeadId: 'l-2' }),
    );
    const ask = askAt(stack, '03-20T09:30');
    const { status, body } = await ask('getLead', withVersion(2, lead('l-2')));
    expect([status, body.leadId, body.version]).toEqual([200, 'l-1', 2]);
  });
});
