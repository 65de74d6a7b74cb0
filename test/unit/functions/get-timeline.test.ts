import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { dayMs, showValue } from '../../../events/index.ts';
import { S } from '../../../shared/dynamodb/index.ts';
import { stateKey } from '../../../shared/keys/index.ts';
import { createDynamoDbEraser } from '../../../shared/ledger/index.ts';
import { buildTimeline, describeChanges, readTimelinePage } from '../../../shared/timeline/index.ts';
import { queryStack } from '../../support/query-stack.ts';
import { createTimedStack, demo, instant, twoDemos } from '../../support/timed-stack.ts';

type Stack = Awaited<ReturnType<typeof twoDemos>>;

interface AnsweredEntry {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly changed: string;
  readonly hash: string;
  readonly previousHash?: string;
  readonly version: number;
  readonly ordinal: number;
}

const clock = '03-12T00:00';
const timeline = (query: Record<string, string> = {}, id = 'l-1') => ({ path: { id }, query });
const askOf = ({ stores }: Pick<Stack, 'stores'>, now = () => instant(clock)) => queryStack({ stores, now });

/** Returns all entries of a lead, a page at a time. */
const readAll = async (ask: ReturnType<typeof askOf>, limit: number): Promise<AnsweredEntry[]> => {
  const found: AnsweredEntry[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { limit: String(limit), ...(cursor !== undefined && { cursor }) };
    const { status, body } = await ask('getTimeline', timeline(query));
    expect(status).toBe(200);
    expect(body.entries.length).toBeLessThanOrEqual(limit);
    found.push(...body.entries);
    cursor = body.cursor;
  }
  return found;
};

/** Returns a stack with a lead whose events came in another order than they happened. */
const lateEvents = async () => {
  const stack = await twoDemos();
  const days = ['03-05T09:00', '03-11T12:00', '03-02T09:00', '03-11T18:00', '03-03T09:00'];
  for (const day of days) await stack.send(stack.entry(day, 'LeadActivityRecorded', demo()));
  return stack;
};

describe('GET /api/leads/{id}/timeline', () => {
  it('lists the events, the latest first, with the words of `sluice audit show`', async () => {
    const { body } = await askOf(await twoDemos())('getTimeline', timeline());
    expect(body).toMatchObject({ leadId: 'l-1', status: 'open', version: 3, cursor: null });
    expect(body.entries).toMatchObject([
      {
        kind: 'decided',
        occurredAt: '2026-03-11T09:00:00.000Z',
        type: 'LeadActivityRecorded',
        eventId: 'e-1',
        source: 'test.producer',
        version: 3,
        ordinal: 0,
        text: 'it did demo_requested',
        changed: 'tier good → excellent, score 74.96 → 80',
        because: ['it asked for a demo (+80)'],
        changes: [{ type: 'LeadTierChanged', from: 'good', to: 'excellent' }],
        modelVersion: 'fading@1',
        before: { tier: 'good' },
        standing: { tier: 'excellent' },
      },
      { type: 'LeadClockAdvanced', text: 'time went on', version: 2 },
      { eventId: 'e-0', version: 1, isBeforeKnown: true },
    ]);
    expect(body.entries[2].before).toBeUndefined();
  });

  it('has the hashes by which the chain is verified, from the head on', async () => {
    const stack = await lateEvents();
    const { body } = await askOf(stack)('getTimeline', timeline());
    const recorded = (body.entries as AnsweredEntry[]).toSorted(
      (a, b) => b.version - a.version || b.ordinal - a.ordinal,
    );
    expect(recorded.map(({ hash }) => hash)).toEqual([
      body.head,
      ...recorded.slice(0, -1).map(({ previousHash }) => previousHash),
    ]);
    expect(recorded.at(-1)?.previousHash).toBeUndefined();
  });

  it.each([1, 2, 3, 200])(
    'lists each entry once, in pages of %d, with the standing before it',
    async (limit) => {
      const stack = await lateEvents();
      const entries = await readAll(askOf(stack), limit);
      const ledger = await Array.fromAsync(stack.stores.ledger.timeline('l-1'));
      const expected = buildTimeline(ledger)
        .toSorted((a, b) => (a.entry.sk < b.entry.sk ? 1 : -1))
        .map((step) => [step.occurredAt, step.eventId, describeChanges(step)]);
      expect(entries.map(({ occurredAt, eventId, changed }) => [occurredAt, eventId, changed])).toEqual(
        expected,
      );
    },
  );

  it('stays where it was while later events come in', async () => {
    const stack = await lateEvents();
    const ask = askOf(stack);
    const { body: first } = await ask('getTimeline', timeline({ limit: '2' }));
    await stack.send(stack.entry('03-11T20:00', 'LeadActivityRecorded', demo()));
    const { body: second } = await ask('getTimeline', timeline({ limit: '2', cursor: first.cursor }));
    const ids = [...first.entries, ...second.entries].map(({ occurredAt }: AnsweredEntry) => occurredAt);
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed());
  });

  it('says what the changes of an entry say, if the one recorded before it is too far away', async () => {
    const { stores, send, entry } = createTimedStack(clock);
    const days = Array.from({ length: 20 }, (_, i) => `03-01T${String(i).padStart(2, '0')}:00`);
    for (const day of days) await send(entry(day, 'LeadActivityRecorded', { leadId: 'l-1', activity: 'x' }));
    await send(entry('02-01T09:00', 'LeadActivityRecorded', demo()));
    const table = { client: stores.client, table: 'leads' };
    const read = async (mostRead: number) => {
      const last = `EVENT#2026-02-02T00:00:00.000Z#`;
      const { steps } = await readTimelinePage(table, 'l-1', { limit: 1, after: last, mostRead });
      return steps.map((step) => [step.isBeforeKnown, describeChanges(step)]);
    };
    expect(await read(0)).toEqual([
      [false, 'stage subscriber → mql (skipped: by its activity), tier none → risky'],
    ]);
    expect(await read(100)).toMatchObject([[true, expect.stringContaining('score 0 → ')]]);
  });

  it('marks history, whose changes were not announced', async () => {
    const { stores, send, entry } = createTimedStack(clock);
    await send(entry('03-01T09:00', 'LeadActivityRecorded', demo(), true));
    const { body } = await askOf({ stores })('getTimeline', timeline());
    expect(body.entries).toMatchObject([{ history: true, silent: true }]);
    expect(body.entries[0].changed).toContain('not announced, since it is history');
  });

  it('has the ledger of a merged lead up to its end, and the merge in that of the other', async () => {
    const stack = await twoDemos();
    await stack.send(
      stack.entry('03-02T09:00', 'LeadActivityRecorded', demo('l-2')),
      stack.entry('03-11T10:00', 'LeadsMerged', { leadId: 'l-1', mergedLeadId: 'l-2' }),
    );
    const ask = askOf(stack);
    const merged = await ask('getTimeline', timeline({}, 'l-2'));
    expect(merged.body).toMatchObject({ leadId: 'l-2', status: 'merged', mergedInto: 'l-1' });
    expect(merged.body.entries[0]).toMatchObject({
      kind: 'closing',
      other: 'l-1',
      changed: 'the lead was merged into l-1 for good: its events are recorded there from now on',
      changes: [{ type: 'LeadRedirected', mergedInto: 'l-1' }],
    });
    const survivor = await ask('getTimeline', timeline());
    expect(survivor.body.entries[0]).toMatchObject({ kind: 'decided', other: 'l-2', type: 'LeadsMerged' });
  });

  it('has only what is left of an erased lead, whose chain still verifies', async () => {
    const stack = await twoDemos();
    const { client } = stack.stores;
    await stack.send(
      stack.entry('03-04T09:00', 'LeadProfileUpdated', { leadId: 'l-1', attributes: { name: 'Jane Roe' } }),
      stack.entry('03-11T10:00', 'LeadErasureRequested', { leadId: 'l-1' }),
    );
    await createDynamoDbEraser({ client, table: 'leads' }).eraseEntries('l-1');
    const { status, body } = await askOf(stack)('getTimeline', timeline());
    expect([status, body.status]).toEqual([200, 'erased']);
    expect(body.entries.map(({ kind }: { kind: string }) => kind)).toEqual(
      ['closing', 'erased', 'erased', 'erased', 'erased'].slice(0, body.entries.length),
    );
    expect(body.entries[1].changed).toBe('its content and its changes were erased');
    expect(body.head).toBe(body.entries[0].hash);
    expect(JSON.stringify(body)).not.toContain('Jane');
  });

  it("isn't found if nothing was ever heard of the lead, and says so if its state is lost", async () => {
    const stack = await twoDemos();
    const ask = askOf(stack);
    const unknown = await ask('getTimeline', timeline({}, 'l-9'));
    expect([unknown.status, unknown.body.errors[0].given]).toEqual([404, '"l-9"']);
    const { pk, sk } = stateKey('l-1');
    const Key = { pk: S(pk), sk: S(sk) };
    await stack.stores.client.send(new DeleteItemCommand({ TableName: 'leads', Key }));
    const lost = await ask('getTimeline', timeline());
    expect([lost.status, lost.body.status, lost.body.entries.length]).toEqual([200, 'lost', 3]);
  });
});

describe('a cursor of the timeline', () => {
  const firstCursor = async (stack: Stack): Promise<string> =>
    (await askOf(stack)('getTimeline', timeline({ limit: '1' }))).body.cursor;

  it('contains no id that anybody can read', async () => {
    const cursor = await firstCursor(await twoDemos());
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/EVENT|e-1/);
  });

  it.each([
    ['was changed', (cursor: string) => `${cursor.slice(0, -2)}${cursor.endsWith('AA') ? 'BB' : 'AA'}`],
    ['was cut', (cursor: string) => cursor.slice(0, 20)],
    ['is no cursor', () => 'abc'],
  ])('is refused if it %s', async (_, change) => {
    const stack = await twoDemos();
    const cursor = change(await firstCursor(stack));
    const { status, body } = await askOf(stack)('getTimeline', timeline({ cursor }));
    expect([status, body.type]).toEqual([400, 'urn:sluice:problem:invalid-cursor']);
    expect(body.errors[0]).toMatchObject({ path: 'query.cursor', given: showValue(cursor) });
  });

  it('is refused for another lead', async () => {
    const stack = await twoDemos();
    await stack.send(stack.entry('03-02T09:00', 'LeadActivityRecorded', demo('l-2')));
    const cursor = await firstCursor(stack);
    const { status, body } = await askOf(stack)('getTimeline', timeline({ cursor }, 'l-2'));
    expect([status, body.type]).toEqual([400, 'urn:sluice:problem:invalid-cursor']);
  });

  it('is refused after a day', async () => {
    const stack = await twoDemos();
    const cursor = await firstCursor(stack);
    const askAfter = (ms: number) => askOf(stack, () => instant(clock) + ms);
    expect((await askAfter(dayMs)('getTimeline', timeline({ cursor }))).status).toBe(200);
    const { status, body } = await askAfter(dayMs + 1)('getTimeline', timeline({ cursor }));
    expect([status, body.errors[0].allowed]).toEqual([400, 'a cursor of the last 24 hours']);
  });

  it.each(['0', '201', '-1', '1.5', 'x'])('is not asked for with the limit %s', async (limit) => {
    const { status, body } = await askOf(await twoDemos())('getTimeline', timeline({ limit }));
    expect([status, body.errors[0]]).toMatchObject([
      400,
      { path: 'query.limit', given: JSON.stringify(limit) },
    ]);
  });
});
