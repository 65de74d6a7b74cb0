import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AttemptResult, ReadyDelivery, SlackOptions } from '../../../shared/deliveries/index.ts';
import { createSlackTarget } from '../../../shared/deliveries/slack/slack-target.ts';
import { readShown, startSlackServer } from '../../support/slack-server.ts';
import { aDelivery, aSubscription, createTargetDeps } from '../../support/target-deps.ts';
import type { VendorAnswer, VendorServer } from '../../support/vendor-server.ts';

const webhook = 'https://hooks.slack.com/services/T000/B000/secret';
const start = Date.parse('2026-03-02T09:00:05.000Z');
const hour = 3_600_000;

let server: VendorServer;
let now = start;

beforeAll(async () => {
  server = await startSlackServer();
});
afterAll(() => server.close());
beforeEach(() => {
  now = start;
});

const createTarget = (options: Partial<SlackOptions> = {}, secrets: readonly string[] = [webhook]) =>
  createSlackTarget(
    aSubscription({ kind: 'slack', baseUrl: server.baseUrl, ...options }),
    createTargetDeps(secrets, () => now),
  );

/** Delivers, and returns the results with the texts that were posted by it, message by message. */
const post = async (
  target: ReturnType<typeof createTarget>,
  ...deliveries: readonly ReadyDelivery[]
): Promise<{ results: readonly AttemptResult[]; posted: readonly (readonly string[])[] }> => {
  const before = server.requests.length;
  const results = await target.deliver(deliveries);
  return { results, posted: server.requests.slice(before).map(({ body }) => readShown(body)) };
};

const handoff = (given: Partial<ReadyDelivery> = {}): ReadyDelivery =>
  aDelivery({
    type: 'HandoffRequested',
    attributes: { name: 'Ada Lovelace', company: 'Analytical Engines', owner: 'Charles' },
    data: {
      handoffId: 'h-1',
      queue: 'sales',
      dueAt: '2026-03-03T09:00:00.000Z',
      stage: 'mql',
      tier: 'excellent',
      score: 81,
      reasons: [
        { dimension: 'd', criterion: 'a', text: 'has a budget', points: 1, weight: 5 },
        {
          dimension: 'd',
          criterion: 'b',
          text: 'asked for a demo in the last 90 days',
          points: 1,
          weight: 20,
        },
        { dimension: 'd', criterion: 'c', text: 'left two answers open', points: 1, weight: -8 },
        { dimension: 'd', criterion: 'd', text: 'opened a mail', points: 1, weight: 1 },
      ],
      question: { name: 'timing', text: 'When does it have to be in place?' },
    },
    ...given,
  });

describe('a message about one lead', () => {
  it('says who, what happened, the three strongest reasons, what to ask next, and as of when', async () => {
    const target = createTarget({ linkTemplate: 'https://crm.example/leads/{leadId}?from=slack&x=1' });
    const { results, posted } = await post(target, handoff({ leadId: 'a+b@example.com' }));
    expect(results).toEqual([{ kind: 'delivered', status: 200 }]);
    expect(posted).toEqual([
      [
        '*<https://crm.example/leads/a%2Bb%40example.com?from=slack&amp;x=1|Ada Lovelace, Analytical Engines>* was handed ' +
          'to queue sales (excellent, 81 of 100), answer by Tue 3 March 09:00 UTC',
        '*The strongest reasons*\n• asked for a demo in the last 90 days\n• left two answers open (counts against it)\n' +
          '• has a budget',
        '*Worth asking next*\nWhen does it have to be in place?',
        'owner: Charles · lead a+b@example.com · as of Mon 2 March 09:00 UTC',
      ],
    ]);
  });

  it('names the lead by its id if its subscription names no attribute', async () => {
    const { posted } = await post(createTarget(), aDelivery());
    expect(posted[0]?.[0]).toBe('*l-1* is now excellent (81 of 100, before: good)');
  });

  it('has a text without markup for notifications', async () => {
    await post(createTarget(), handoff());
    expect(JSON.parse(server.requests.at(-1)?.body ?? '').text).toBe(
      'Ada Lovelace, Analytical Engines was handed to queue sales (excellent, 81 of 100), answer by Tue 3 March 09:00 UTC',
    );
  });

  it('takes the name from the attributes that the subscription says', async () => {
    const target = createTarget({ name: ['firstName', 'lastName'], company: 'account' });
    const attributes = { firstName: 'Ada', lastName: 'Lovelace', account: 'Engines', name: 'AL' };
    const { posted } = await post(target, aDelivery({ attributes }));
    expect(posted[0]?.[0]).toMatch(/^\*Ada Lovelace, Engines\*/);
    expect(posted[0]?.at(-1)).toMatch(/^name: AL · lead l-1/);
  });

  it('shows a lead that is called like a mention as a text', async () => {
    const attributes = { name: '<!channel> & <@U1>', company: '@here\n> quoted\u202e' };
    const { posted } = await post(createTarget(), aDelivery({ attributes }));
    expect(posted[0]?.[0]).toMatch(
      /^\*&lt;!channel&gt; &amp; &lt;@U1&gt;, @here &gt; quoted\* is now excellent/,
    );
    expect(JSON.parse(server.requests.at(-1)?.body ?? '').blocks[0].text.verbatim).toBe(true);
  });

  it('cuts what is longer than Slack takes, between two characters', async () => {
    const { results, posted } = await post(
      createTarget(),
      aDelivery({ attributes: { name: '&'.repeat(5_000) } }),
    );
    expect(results[0]?.kind).toBe('delivered');
    expect(posted[0]?.[0]).toMatch(/^\*(&amp;){29}…\* is now/);
  });
});

describe('several at once', () => {
  it('become one message, hand-offs first', async () => {
    const { results, posted } = await post(
      createTarget(),
      aDelivery({ leadId: 'l-1' }),
      handoff({ leadId: 'l-2', occurredAt: '2026-03-02T09:01:00.000Z' }),
    );
    expect(results).toEqual([
      { kind: 'delivered', status: 200 },
      { kind: 'delivered', status: 200 },
    ]);
    expect(posted).toEqual([
      [
        '*News of 2 leads*',
        '• *Ada Lovelace, Analytical Engines* was handed to queue sales (excellent, 81 of 100), answer by Tue 3 March 09:00 UTC\n' +
          '• *l-1* is now excellent (81 of 100, before: good)',
        'as of Mon 2 March 09:01 UTC',
      ],
    ]);
  });

  it('are all named, as many as a message takes', async () => {
    const target = createTarget();
    const deliveries = Array.from({ length: target.most }, (_, i) =>
      aDelivery({ leadId: `l-${i}`, eventId: `e-${i}` }),
    );
    const { posted } = await post(target, ...deliveries);
    expect(posted).toHaveLength(1);
    expect(posted[0]?.join('\n').match(/• /g)).toHaveLength(target.most);
  });

  it('are one message a second at most', () => {
    expect(createTarget()).toMatchObject({ perSecond: 1, most: 20 });
  });
});

describe('the cooldown', () => {
  const again = aDelivery({ eventId: 'e-2', version: 5 });

  it('posts the same tier of a lead again only after a day', async () => {
    const target = createTarget();
    await post(target, aDelivery());
    now += 23 * hour;
    expect(await post(target, again)).toEqual({
      results: [{ kind: 'skipped', reason: 'cooldown' }],
      posted: [],
    });
    now += hour;
    expect((await post(target, again)).posted).toHaveLength(1);
  });

  it('is one of each lead and tier', async () => {
    const target = createTarget();
    await post(target, aDelivery());
    const fell = { from: 'excellent', to: 'good', tier: 'good', direction: 'down', score: 70 };
    expect((await post(target, aDelivery({ eventId: 'e-2', leadId: 'l-2' }))).posted).toHaveLength(1);
    expect((await post(target, aDelivery({ eventId: 'e-3', data: fell }))).posted).toHaveLength(1);
  });

  it('leaves out only those of several that are within it', async () => {
    const target = createTarget();
    await post(target, aDelivery());
    const { results, posted } = await post(target, again, aDelivery({ leadId: 'l-2', eventId: 'e-3' }));
    expect(results.map(({ kind }) => kind)).toEqual(['skipped', 'delivered']);
    expect(posted[0]?.[0]).toMatch(/^\*l-2\*/);
  });

  it('never holds for hand-offs', async () => {
    const target = createTarget();
    await post(target, handoff());
    expect((await post(target, handoff({ eventId: 'e-2' }))).posted).toHaveLength(1);
  });

  it('is as long as the subscription says, and off at 0', async () => {
    const short = createTarget({ cooldownHours: 1 });
    await post(short, aDelivery());
    now += hour;
    expect((await post(short, again)).posted).toHaveLength(1);
    const off = createTarget({ cooldownHours: 0 });
    await post(off, aDelivery());
    expect((await post(off, again)).posted).toHaveLength(1);
  });

  it('does not begin with a message that Slack refused', async () => {
    const target = createTarget();
    server.answerNext({ status: 500, body: 'rollup_error' });
    await post(target, aDelivery());
    expect((await post(target, aDelivery())).posted).toHaveLength(1);
  });

  it('knows a delivery that was posted already, whose result was not stored', async () => {
    const target = createTarget();
    await post(target, aDelivery());
    expect(await post(target, aDelivery())).toEqual({ results: [{ kind: 'delivered' }], posted: [] });
  });
});

describe('an answer of Slack', () => {
  it.each<[VendorAnswer, AttemptResult]>([
    [
      { status: 429, body: 'rate_limited', headers: { 'retry-after': '30' } },
      { kind: 'retry', reason: 'rate limited', status: 429, retryAfterMs: 30_000 },
    ],
    [
      { status: 400, body: 'invalid_payload' },
      { kind: 'failed', reason: 'invalid_payload', status: 400 },
    ],
    [
      { status: 403, body: 'action_prohibited' },
      { kind: 'retry', reason: 'action_prohibited', status: 403 },
    ],
    [
      { status: 404, body: 'channel_not_found' },
      { kind: 'gone', status: 404 },
    ],
    [
      { status: 404, body: 'no_service' },
      { kind: 'gone', status: 404 },
    ],
    [
      { status: 410, body: 'channel_is_archived' },
      { kind: 'gone', status: 410 },
    ],
    [
      { status: 500, body: 'rollup_error' },
      { kind: 'retry', reason: 'rollup_error', status: 500 },
    ],
    [
      { status: 503, body: '<html>' },
      { kind: 'retry', reason: 'HTTP 503', status: 503 },
    ],
    [
      { status: 302, body: '' },
      { kind: 'retry', reason: 'HTTP 302', status: 302 },
    ],
  ])('of %j is read as %j', async (answer, result) => {
    server.answerNext(answer);
    expect((await post(createTarget(), aDelivery())).results).toEqual([result]);
  });

  it('that never comes is waited for again', async () => {
    const target = createTarget({ baseUrl: 'http://127.0.0.1:1' });
    expect((await post(target, aDelivery())).results).toEqual([
      { kind: 'retry', reason: 'no connection (ECONNREFUSED)' },
    ]);
  });
});

describe('a secret', () => {
  it.each<[readonly string[], string]>([
    [[], 'the subscription has no secret'],
    [
      ['https://hooks.slack.com/triggers/T0/1/x'],
      "the subscription's secret is no URL of a Slack incoming webhook",
    ],
    [
      ['https://evil.example/services/T0/B0/x'],
      "the subscription's secret is no URL of a Slack incoming webhook",
    ],
  ])('of %j posts nothing: %s', async (secrets, reason) => {
    expect(await post(createTarget({}, secrets), aDelivery())).toEqual({
      results: [{ kind: 'retry', reason }],
      posted: [],
    });
  });

  it('that is the newest is the one that is posted to', async () => {
    await post(createTarget({}, [`${webhook}2`, webhook]), aDelivery());
    expect(server.requests.at(-1)?.path).toBe('/services/T000/B000/secret2');
  });
});

describe('an announcement that is about no lead', () => {
  it('is left out', async () => {
    const { results, posted } = await post(
      createTarget(),
      aDelivery({ type: 'ScoringModelActivated', data: {} }),
    );
    expect(results).toEqual([{ kind: 'skipped', reason: 'not about a lead' }]);
    expect(posted).toEqual([]);
  });
});
