import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import {
  announceDelivery as announce,
  answered,
  createDeliveryWorld,
  subscribe,
  webhookSecret,
} from '../../support/delivering.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('a delivery', () => {
  it('is planned once, sent at once, and signed as Standard Webhooks says', async () => {
    const world = createDeliveryWorld();
    expect(await world.plan(announce({ version: 3 }), announce({ version: 3 }))).toEqual([]);
    expect(world.pokes).toEqual(['crm']);
    await world.send({ subscription: 'crm' });
    const [got, ...others] = world.received;
    expect(others).toEqual([]);
    const { url, headers, body } = got?.request ?? { url: '', headers: {}, body: '' };
    expect(url).toBe('https://crm.example.com/hook');
    expect(headers['webhook-id']).toBe('l-1-3-0-LeadTierChanged');
    expect(headers['webhook-timestamp']).toBe(String(world.clock.now / 1_000));
    // The judge compares the instant with the clock of the machine, so that only the signature is checked here.
    const judge = new Webhook(webhookSecret);
    const signed = judge.sign('l-1-3-0-LeadTierChanged', new Date(world.clock.now), body);
    expect(headers['webhook-signature']).toBe(signed);
    expect(JSON.parse(body)).toMatchObject({
      type: 'LeadTierChanged',
      timestamp: '2026-03-01T09:00:00.000Z',
      data: { leadId: 'l-1', version: 3, ordinal: 0, from: 'risky', to: 'good', score: 61.5 },
    });
    expect(world.all()).toMatchObject([
      { state: 'delivered', tries: 0, attempts: [{ result: 'delivered', status: 204, ms: 0 }] },
    ]);
    await world.plan(announce({ version: 3 }));
    await world.pass(5);
    expect(world.received).toHaveLength(1);
  });

  it('is signed by both secrets while they are exchanged', async () => {
    const world = createDeliveryWorld();
    const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    world.script.secrets = [other, webhookSecret];
    await world.plan(announce());
    await world.send();
    const request = world.received[0]?.request;
    const body = request?.body ?? '';
    const signatures = request?.headers['webhook-signature']?.split(' ');
    const at = new Date(world.clock.now);
    expect(signatures).toEqual(
      [other, webhookSecret].map((secret) => new Webhook(secret).sign('l-1-1-0-LeadTierChanged', at, body)),
    );
  });

  it('waits if there is no secret by which it can be signed', async () => {
    const world = createDeliveryWorld();
    world.script.secrets = ['whsec_dG9vIHNob3J0'];
    await world.plan(announce());
    await world.send();
    expect(world.received).toEqual([]);
    expect(world.all()[0]).toMatchObject({
      state: 'waiting',
      tries: 1,
      attempts: [{ reason: 'there is no secret crm of 24 to 64 bytes in base64' }],
    });
  });

  it('has only the fields that its subscription names, and the position', async () => {
    const world = createDeliveryWorld({ subscriptions: [subscribe({ fields: ['tier', 'score'] })] });
    await world.plan(announce());
    await world.send();
    expect(JSON.parse(world.received[0]?.request.body ?? '').data).toEqual({
      leadId: 'l-1',
      version: 1,
      ordinal: 0,
      tier: 'good',
      score: 61.5,
    });
  });

  it('has the attributes that its subscription names, as they are known when it is sent, and stores none', async () => {
    const world = createDeliveryWorld({ subscriptions: [subscribe({ attributes: ['name', 'phone'] })] });
    await world.plan(announce({ type: 'HandoffRequested' }));
    expect(JSON.stringify(world.items())).not.toContain('Ada');
    world.know('l-1', { name: 'Grace', email: 'grace@example.com' });
    await world.send();
    expect(JSON.parse(world.received[0]?.request.body ?? '').data).toMatchObject({
      attributes: { name: 'Grace' },
    });
    expect(JSON.stringify(world.items())).not.toContain('Grace');
  });

  it('has no attributes unless they are named, nor of a lead that was erased', async () => {
    const world = createDeliveryWorld({
      subscriptions: [subscribe(), subscribe({ name: 'named', attributes: ['name'] })],
    });
    world.know('l-1', { name: 'Grace' });
    world.forget('l-2');
    await world.plan(announce({ type: 'HandoffRequested' }), announce({ leadId: 'l-2' }));
    await world.send();
    const named = world.received.filter(({ request }) => request.body.includes('attributes'));
    expect(named.map(({ leadId }) => leadId)).toEqual(['l-1']);
  });
});

describe('the order of a lead', () => {
  it('is that of its versions, whatever order announcements come in', async () => {
    const world = createDeliveryWorld();
    await world.plan(...[3, 1, 2].map((version) => announce({ version })));
    await world.send();
    expect(world.received.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  it('ends one that comes after a later one as superseded', async () => {
    const world = createDeliveryWorld();
    await world.plan(announce({ version: 2 }));
    await world.send();
    await world.plan(announce({ version: 1 }));
    await world.send();
    expect(world.received.map(({ version }) => version)).toEqual([2]);
    expect(world.all()).toMatchObject([
      { version: 1, state: 'superseded', reason: 'a later one was sent before it came' },
      { version: 2, state: 'delivered' },
    ]);
  });

  it('does not supersede a hand-off, which may be requested long after the change that asked for it', async () => {
    const world = createDeliveryWorld();
    await world.plan(announce({ version: 4 }));
    await world.send();
    await world.plan(announce({ type: 'HandoffRequested', version: 3 }));
    await world.send();
    expect(world.received.map(({ type }) => type)).toEqual(['LeadTierChanged', 'HandoffRequested']);
  });

  it('is blocked by its first one, and that of other leads is not', async () => {
    const world = createDeliveryWorld();
    world.script.answer = ({ leadId, version }) => answered(leadId === 'l-1' && version === 1 ? 500 : 200);
    await world.plan(announce({ version: 1 }), announce({ version: 2 }), announce({ leadId: 'l-2' }));
    await world.send();
    expect(world.received.map(({ leadId, version }) => `${leadId} ${version}`)).toEqual(['l-1 1', 'l-2 1']);
    world.script.answer = () => answered(200);
    await world.pass(1);
    expect(world.received.slice(2).map(({ leadId, version }) => `${leadId} ${version}`)).toEqual([
      'l-1 1',
      'l-1 2',
    ]);
  });

  it('goes on with the next one once the first has used up its attempts', async () => {
    const world = createDeliveryWorld({
      subscriptions: [subscribe({ pauseAfter: { failures: 1_000, hours: 1_000 } })],
    });
    world.script.answer = ({ version }) => answered(version === 1 ? 500 : 200);
    await world.plan(announce({ version: 1 }), announce({ version: 2 }));
    await world.send();
    await world.pass(80 * 60);
    const failing = world.received.filter(({ version }) => version === 1);
    expect(failing.map(({ at }, i) => Math.round((at - (failing[i - 1]?.at ?? at)) / minute))).toEqual([
      0, 1, 5, 30, 120, 300, 600, 840, 1_200, 1_440,
    ]);
    expect(new Set(failing.map(({ request }) => request.headers['webhook-id'])).size).toBe(1);
    expect(new Set(failing.map(({ request }) => request.headers['webhook-timestamp'])).size).toBe(10);
    expect(world.all()).toMatchObject([
      { version: 1, state: 'failed', tries: 9, reason: 'answered 500' },
      { version: 2, state: 'delivered' },
    ]);
  });
});

const manyLeads = (count: number) => Array.from({ length: count }, (_, i) => announce({ leadId: `l-${i}` }));

describe('a target', () => {
  it('that is down for an hour opens the circuit, charges no attempts, and then gets everything', async () => {
    const world = createDeliveryWorld();
    world.script.answer = () => ({ kind: 'unanswered', reason: 'no connection (ECONNREFUSED)' });
    await world.plan(...manyLeads(30));
    await world.send();
    expect(world.received).toHaveLength(8);
    await world.pass(60);
    // Eight at first, then one after 1, 2, 4, 8, 15, 15 and 15 minutes.
    expect(world.received).toHaveLength(8 + 7);
    expect(Math.max(...world.all().map(({ tries }) => tries))).toBe(1);
    world.script.answer = () => answered(200);
    world.received.splice(0);
    await world.pass(20);
    expect(world.all().every(({ state }) => state === 'delivered')).toBe(true);
    expect(world.received).toHaveLength(30);
  });

  it('that asks for a pause gets one, and no attempt is charged', async () => {
    const world = createDeliveryWorld();
    world.script.answer = () => answered(429, { retryAfterMs: 10 * minute });
    await world.plan(announce());
    await world.send();
    world.script.answer = () => answered(200);
    await world.pass(9);
    expect(world.received).toHaveLength(1);
    await world.pass(1);
    expect(world.all()).toMatchObject([{ state: 'delivered', tries: 0, attempts: [{ status: 429 }, {}] }]);
  });

  it('that is gone pauses the subscription, and what waits stays', async () => {
    const world = createDeliveryWorld();
    world.script.answer = () => answered(410);
    await world.plan(announce({ version: 1 }), announce({ version: 2 }));
    await world.send();
    await world.plan(announce({ version: 3 }));
    await world.pass(60);
    expect(world.received).toHaveLength(1);
    expect(await world.deliveries.readState('crm')).toMatchObject({ paused: { reason: 'gone' } });
    world.script.answer = () => answered(200);
    expect(await world.deliveries.resume('crm')).toBe(true);
    await world.pass(1);
    expect(world.received.map(({ version }) => version)).toEqual([1, 1, 2, 3]);
  });

  it('that fails for a day pauses the subscription', async () => {
    const world = createDeliveryWorld();
    world.script.answer = () => answered(500);
    await world.plan(...manyLeads(10));
    await world.send();
    await world.pass(25 * 60);
    const state = await world.deliveries.readState('crm');
    expect(state.paused?.reason).toBe('failing');
    expect(Date.parse(state.paused?.at ?? '') - Date.parse(state.failingSince ?? '')).toBeLessThan(25 * hour);
    const tried = world.received.length;
    await world.pass(60);
    expect(world.received).toHaveLength(tried);
    expect(world.all().every(({ state }) => state === 'waiting')).toBe(true);
  });

  it('that fails as often as the subscription allows is paused', async () => {
    const world = createDeliveryWorld({
      subscriptions: [subscribe({ pauseAfter: { failures: 3, hours: 24 } })],
    });
    world.script.answer = () => answered(500);
    await world.plan(announce());
    await world.send();
    await world.pass(40);
    expect(world.received).toHaveLength(3);
    expect((await world.deliveries.readState('crm')).paused?.reason).toBe('failing');
  });

  it('that redirects is not followed, and the host is named', async () => {
    const world = createDeliveryWorld();
    world.script.answer = () =>
      answered(302, { headers: { location: 'http://169.254.169.254/latest/meta-data?token=1' } });
    await world.plan(announce());
    await world.send();
    expect(world.all()[0]?.attempts[0]?.reason).toBe(
      'answered 302: a redirection to 169.254.169.254, which is not followed',
    );
  });

  it('that is slow, and others with it, end by one deadline; what was not begun is poked again', async () => {
    const names = Array.from({ length: 16 }, (_, i) => `target-${i}`);
    const world = createDeliveryWorld({ subscriptions: names.map((name) => subscribe({ name })) });
    const slow: (() => void)[] = [];
    world.script.answer = () =>
      new Promise((answer) => {
        slow.push(() => answer(answered(200)));
      });
    await world.plan(...manyLeads(100));
    world.pokes.splice(0);
    const began = world.clock.now;
    let isDone = false;
    const sending = world.send().then(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise((done) => setTimeout(done, 20));
      if (slow.length > 0) world.clock.now += 14_000;
      for (const answer of slow.splice(0)) answer();
    }
    await sending;
    expect(world.clock.now - began).toBeLessThan(60_000 + 20_000);
    expect(world.pokes.toSorted()).toEqual(names.toSorted());
  });

  it('delays no other target', async () => {
    const world = createDeliveryWorld({ subscriptions: [subscribe(), subscribe({ name: 'other' })] });
    let release = () => {};
    const stuck = new Promise<void>((done) => {
      release = done;
    });
    let calls = 0;
    world.script.answer = async () => {
      if (calls++ === 0) await stuck;
      return answered(200);
    };
    await world.plan(announce());
    const sending = world.send();
    await new Promise((done) => setTimeout(done, 20));
    expect([...world.all(), ...world.all('other')].map(({ state }) => state).sort()).toEqual([
      'delivered',
      'waiting',
    ]);
    release();
    await sending;
  });
});

describe('two workers', () => {
  it('never send to one target at once; what comes meanwhile is sent by the first', async () => {
    const world = createDeliveryWorld();
    let second: Promise<unknown> = Promise.resolve();
    world.script.answer = async ({ version }) => {
      if (version === 1) {
        await world.plan(announce({ leadId: 'l-2', version: 9 }));
        second = world.send();
        await second;
        expect(world.received).toHaveLength(1);
      }
      return answered(200);
    };
    await world.plan(announce());
    await world.send();
    expect(world.received.map(({ leadId }) => leadId)).toEqual(['l-1', 'l-2']);
  });

  it('the second goes on once the first has not been heard of for longer than an attempt takes', async () => {
    let isDead = false;
    const world = createDeliveryWorld({
      beforeCall: () => {
        if (isDead) throw new Error('the process has ended');
      },
    });
    world.script.answer = () => {
      isDead = true;
      return answered(200);
    };
    await world.plan(announce());
    expect(await world.send()).toEqual(['m-0']);
    isDead = false;
    world.script.answer = () => answered(200);
    await world.send();
    expect(world.received).toHaveLength(1);
    await world.pass(2);
    expect(world.received).toHaveLength(2);
    expect(world.all()).toMatchObject([{ state: 'delivered' }]);
  });
});

describe('an erased lead', () => {
  it('loses the content of its deliveries, and its target still learns that it is erased', async () => {
    const world = createDeliveryWorld({
      subscriptions: [subscribe(), subscribe({ name: 'other', events: ['LeadTierChanged'] })],
    });
    await world.plan(announce({ version: 1 }));
    await world.send();
    world.script.answer = () => answered(500);
    await world.plan(announce({ version: 2 }));
    await world.send();
    await world.plan(announce({ type: 'LeadErased', version: 3 }));
    world.script.answer = () => answered(200);
    await world.pass(1);
    expect(world.all()).toMatchObject([
      { version: 1, state: 'delivered', erased: true },
      { version: 2, state: 'superseded', erased: true, reason: 'the lead was erased' },
      { version: 3, state: 'delivered' },
    ]);
    expect(world.all('other')).toMatchObject([{ erased: true }, { erased: true }]);
    expect(world.received.at(-1)).toMatchObject({ type: 'LeadErased' });
  });
});

describe('what comes late of a lead that was erased', () => {
  it('is neither sent nor stored, of whatever strand it is', async () => {
    const world = createDeliveryWorld({
      subscriptions: [subscribe({ events: ['LeadErased', 'LeadTierChanged', 'HandoffRequested'] })],
    });
    await world.plan(announce({ type: 'LeadErased', version: 3 }));
    await world.plan(announce({ version: 2 }));
    await world.plan(announce({ type: 'HandoffRequested', version: 2, ordinal: 1 }));
    await world.send();
    expect(world.received.map(({ type }) => type)).toEqual(['LeadErased']);
    expect(world.all()).toMatchObject([
      { version: 2, ordinal: 0, state: 'superseded', erased: true, reason: 'the lead was erased' },
      { version: 2, ordinal: 1, state: 'superseded', erased: true },
      { version: 3, state: 'delivered' },
    ]);
    expect(await world.plan(announce({ version: 2 }))).toEqual([]);
  });

  it('is not stored either if whoever planned it went away before it saw the mark', async () => {
    let isGone = true;
    const world = createDeliveryWorld({
      beforeCall: (command) => {
        if (isGone && command.constructor.name === 'GetItemCommand') throw new Error('the process has ended');
      },
    });
    await world.deliveries.eraseLead('crm', 'l-1', world.clock.now);
    expect(await world.plan(announce())).toHaveLength(1);
    expect(world.all()).toMatchObject([{ state: 'waiting' }]);
    isGone = false;
    for (const _ of ['again', 'and again']) {
      expect(await world.plan(announce())).toEqual([]);
      expect(world.all()).toMatchObject([
        { state: 'superseded', erased: true, reason: 'the lead was erased' },
      ]);
    }
    expect(JSON.stringify(world.items())).not.toContain('61.5');
  });

  it('is not sent if it was planned before, and the mark comes while it is on its way', async () => {
    const world = createDeliveryWorld();
    await world.plan(announce({ version: 1 }));
    const [waiting] = world.all();
    await world.deliveries.eraseLead('crm', 'l-1', world.clock.now);
    expect(await world.deliveries.noteSending(waiting as never)).toBe(false);
    expect(
      await world.deliveries.noteSending({ ...(waiting as never as object), type: 'LeadErased' } as never),
    ).toBe(true);
  });

  const merged = { type: 'LeadRedirected', leadId: 'l-2', version: 2, data: { mergedInto: 'l-1' } } as const;
  const wanted = subscribe({ events: ['LeadErased', 'LeadRedirected', 'LeadTierChanged'] });

  it.each([
    ['before the erasure', [merged, { type: 'LeadErased', version: 3 }]],
    ['after the erasure', [{ type: 'LeadErased', version: 3 }, merged]],
  ] as const)(
    'includes the leads that were merged into it, if the merge is announced %s',
    async (_when, news) => {
      const world = createDeliveryWorld({ subscriptions: [wanted] });
      await world.plan(announce({ leadId: 'l-2' }));
      await world.send();
      for (const one of news) await world.plan(announce(one));
      await world.plan(announce({ leadId: 'l-2', version: 1, ordinal: 1 }));
      await world.send();
      const erased = world.all().filter((delivery) => delivery.erased);
      expect(erased.map(({ leadId, ordinal }) => [leadId, ordinal])).toEqual([
        ['l-2', 0],
        ['l-2', 1],
      ]);
      const types = world.received.map(({ type }) => type);
      expect(types.toSorted()).toEqual(['LeadErased', 'LeadRedirected', 'LeadTierChanged']);
    },
  );

  it('does not concern other leads or other subscriptions', async () => {
    const world = createDeliveryWorld();
    await world.deliveries.eraseLead('crm', 'l-2', world.clock.now);
    await world.deliveries.eraseLead('other', 'l-1', world.clock.now);
    await world.plan(announce());
    await world.send();
    expect(world.all()).toMatchObject([{ state: 'delivered' }]);
  });
});

describe('a paused subscription', () => {
  it('stores what comes, ends it after 30 days, and sends the rest in order when it is resumed', async () => {
    const world = createDeliveryWorld();
    await world.deliveries.pause('crm', world.clock.now);
    await world.plan(announce({ version: 1 }));
    world.clock.now += 29 * 24 * hour;
    await world.plan(announce({ version: 2 }), announce({ version: 3 }));
    world.clock.now += 2 * 24 * hour;
    await world.send();
    expect(world.all().map(({ state, reason }) => [state, reason])).toEqual([
      ['failed', 'it has waited for 30 days'],
      ['waiting', undefined],
      ['waiting', undefined],
    ]);
    await world.deliveries.resume('crm');
    await world.send();
    expect(world.received.map(({ version }) => version)).toEqual([2, 3]);
  });
});

describe('a run', () => {
  it('ends at its bound, and tells itself to go on', async () => {
    const world = createDeliveryWorld({ most: 16 });
    await world.plan(...manyLeads(20));
    world.pokes.splice(0);
    await world.send();
    expect(world.received).toHaveLength(16);
    expect(world.pokes).toEqual(['crm']);
    await world.send();
    expect(world.received).toHaveLength(20);
  });

  it('fails the message of a subscription whose store is down, and delays no other', async () => {
    const world = createDeliveryWorld({
      subscriptions: [subscribe(), subscribe({ name: 'other' })],
      beforeCall: ({ input }) => {
        if (JSON.stringify(input).includes('SUBSCRIPTION#other')) throw new Error('throttled');
      },
    });
    await world.plan(announce());
    expect(await world.send({ subscription: 'other' })).toEqual(['m-0']);
    expect(await world.send({ subscription: 'crm' })).toEqual([]);
    expect(world.received).toHaveLength(1);
  });
});
