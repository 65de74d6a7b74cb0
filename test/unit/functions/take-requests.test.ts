import { beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { apiLimits, buildHandoffPathId, type Operation } from '../../../events/api/index.ts';
import { inboundPattern, parseInbound } from '../../../events/index.ts';
import { compilePattern } from '../../../infra/local/pattern.ts';
import { bodyOf, type RequestProps } from '../../support/api-request.ts';
import { loadLead } from '../../support/deliveries.ts';
import { now } from '../../support/events.ts';
import { createRecordingBus } from '../../support/recording-bus.ts';
import { brokenBus, createTakingWorld, problemOf, type TakingWorld } from '../../support/taking-requests.ts';

let world: TakingWorld;
beforeEach(async () => {
  world = createTakingWorld();
  await world.addLead('l-1', { owner: 'Jane@Example.com' });
  await world.addLead('l-2', { owner: 'joe@example.com' });
  await world.addHandoff('l-1');
});

const lead = { path: { id: 'l-1' } };
const handoff = (leadId = 'l-1', handoffId = 'h-1') => ({
  path: { id: buildHandoffPathId(leadId, handoffId) },
});
const keyed = (key: string, more: Readonly<Record<string, string>> = {}) => ({
  headers: { 'idempotency-key': key, ...more },
});
const seen = (version: number) => ({ headers: { 'if-match': `"${version}"` } });

/** A request of each operation that makes one event. */
const valid = {
  stateStage: { ...lead, body: { stage: 'opportunity', reason: 'Call held' } },
  overrideLead: {
    ...lead,
    body: { tier: 'excellent', hold: true, until: '2026-07-01T00:00:00.000Z', reason: 'Met the board' },
  },
  liftOverride: lead,
  mergeLead: { ...lead, body: { mergedLeadId: 'l-2' } },
  eraseLead: lead,
  acceptHandoff: { ...handoff(), body: { reason: 'Fits' } },
  rejectHandoff: { ...handoff(), body: {} },
} as const satisfies Partial<Record<Operation, RequestProps>>;
type Taking = keyof typeof valid;
const all = Object.keys(valid) as Taking[];
const conditional = [
  'stateStage',
  'overrideLead',
  'liftOverride',
  'mergeLead',
  'eraseLead',
] as const satisfies readonly Taking[];

const errorsOf = (answer: Awaited<ReturnType<TakingWorld['send']>>) => bodyOf(answer).errors;
const dataOf = (index = 0) => world.taken[index]?.detail.data;

const expectNothingDone = (): void => {
  expect(world.taken).toEqual([]);
  expect(world.stored()).toEqual([]);
};

describe('a request that makes an event', () => {
  it.each(all)(
    'is answered with the id and the instant of the event that is put on the bus: %s',
    async (operation) => {
      const answer = await world.send(operation, valid[operation]);
      expect(answer.statusCode).toBe(202);
      expect(answers[operation].safeParse(bodyOf(answer)).success).toBe(true);
      expect(world.taken).toHaveLength(1);
      expect(world.taken[0]).toMatchObject({ source: 'sluice.api', detail: { metadata: bodyOf(answer) } });
      expect(bodyOf(answer).occurredAt).toBe(new Date(now).toISOString());
    },
  );

  it.each(all)(
    'makes one that the rule of the bus takes in and the contract accepts: %s',
    async (operation) => {
      await world.send(operation, valid[operation]);
      const [event] = world.taken;
      expect(compilePattern(inboundPattern)(event)).toBe(true);
      expect(parseInbound(event, now).ok).toBe(true);
      await world.settle();
      expect(world.scoring.quarantined).toEqual([]);
    },
  );

  it('says all that the caller said', async () => {
    for (const operation of all) await world.send(operation, valid[operation]);
    const actor = 'jane@example.com';
    expect(world.taken.map((event) => [event['detail-type'], event.detail.data])).toEqual([
      ['LeadStageChanged', { leadId: 'l-1', stage: 'opportunity', reason: 'Call held', actor }],
      ['LeadOverridden', { leadId: 'l-1', ...valid.overrideLead.body, actor }],
      ['LeadOverrideLifted', { leadId: 'l-1', actor }],
      ['LeadsMerged', { leadId: 'l-1', mergedLeadId: 'l-2' }],
      ['LeadErasureRequested', { leadId: 'l-1' }],
      ['HandoffAccepted', { leadId: 'l-1', handoffId: 'h-1', actor, reason: 'Fits' }],
      ['HandoffRejected', { leadId: 'l-1', handoffId: 'h-1', actor }],
    ]);
  });

  it('has another id each time that it is sent without a key', async () => {
    const first = await world.send('stateStage', valid.stateStage);
    const second = await world.send('stateStage', valid.stateStage);
    expect(bodyOf(first).eventId).not.toBe(bodyOf(second).eventId);
  });

  it('says when a stage was reached, if the caller does', async () => {
    const body = { stage: 'sql', dealId: 'deal 7', occurredAt: '2026-05-01T10:00:00+02:00' };
    const answer = await world.send('stateStage', { ...lead, body });
    expect(bodyOf(answer).occurredAt).toBe('2026-05-01T08:00:00.000Z');
    expect(dataOf()).toMatchObject({ stage: 'sql', dealId: 'deal 7' });
  });

  it('has the effect of the event', async () => {
    await world.send('stateStage', valid.stateStage);
    await world.settle();
    expect(await loadLead(world.scoring, 'l-1')).toMatchObject({ stage: 'opportunity', version: 2 });
    await world.send('eraseLead', valid.eraseLead);
    await world.settle();
    expect(await loadLead(world.scoring, 'l-1')).toMatchObject({ status: 'erased' });
  });
});

describe('a request that is refused', () => {
  it.each(all)('has no credentials, or a role that may not do it: %s', async (operation) => {
    const least = operation === 'mergeLead' || operation === 'eraseLead' ? 'seller' : 'viewer';
    for (const role of ['nobody', least] as const)
      expect(problemOf(await world.send(operation, { ...valid[operation], role }))).toBe('403 forbidden');
    expectNothingDone();
  });

  it.each([
    ['stateStage', { ...lead, body: { stage: 'prospect' } }, 'body.stage'],
    ['stateStage', { ...lead, body: { stage: 'sql', colour: 'red' } }, 'body.colour'],
    ['stateStage', { path: { id: 'l 1' }, body: { stage: 'sql' } }, 'path.id'],
    ['stateStage', { ...lead, body: '{"stage":' }, 'body'],
    [
      'stateStage',
      { ...lead, body: { stage: 'sql', occurredAt: '2026-06-01T00:05:00.001Z' } },
      'body.occurredAt',
    ],
    ['stateStage', { ...lead, body: { stage: 'sql', actor: 'joe@example.com' } }, 'body.actor'],
    ['stateStage', { path: { id: 'sluice.canary.x' }, body: { stage: 'sql' } }, 'path.id'],
    [
      'overrideLead',
      { ...lead, body: { tier: 'best', until: '2026-07-01T00:00:00Z', reason: 'x' } },
      'body.tier',
    ],
    ['overrideLead', { ...lead, body: { until: '2026-07-01T00:00:00Z', reason: 'x' } }, 'body'],
    [
      'overrideLead',
      { ...lead, body: { hold: true, until: '2026-06-01T00:00:00Z', reason: 'x' } },
      'body.until',
    ],
    ['overrideLead', { ...lead, body: { hold: true, until: '2026-07-01', reason: 'x' } }, 'body.until'],
    ['overrideLead', { ...lead, body: { hold: true, until: '2026-07-01T00:00:00Z' } }, 'body.reason'],
    ['mergeLead', { ...lead, body: { mergedLeadId: 'l-1' } }, 'body.mergedLeadId'],
    ['mergeLead', { ...lead, body: { mergedLeadId: 'sluice.canary.x' } }, 'body.mergedLeadId'],
    ['eraseLead', { path: { id: 'sluice.canary.x' } }, 'path.id'],
    ['acceptHandoff', { path: { id: 'l-1' }, body: {} }, 'path.id'],
    ['acceptHandoff', { path: { id: 'sluice.canary.x~h-1' }, body: {} }, 'path.id'],
    ['rejectHandoff', { ...handoff(), body: { reason: 'x'.repeat(501) } }, 'body.reason'],
    ['rejectHandoff', { ...handoff(), body: { actor: 'joe@example.com' } }, 'body.actor'],
  ] as const)('has a value that is not allowed, which is named: %s %j', async (operation, props, path) => {
    const answer = await world.send(operation, props);
    expect(problemOf(answer)).toBe('400 invalid-request');
    expect(errorsOf(answer)).toMatchObject([{ path }]);
    expectNothingDone();
  });

  it('has a body that is too large', async () => {
    const body = { stage: 'sql', reason: 'x'.repeat(apiLimits.bodyBytes) };
    expect(problemOf(await world.send('stateStage', { ...lead, body }))).toBe('413 too-large');
    expectNothingDone();
  });

  it.each([
    ['stateStage', { path: { id: 'l-9' }, body: { stage: 'sql' } }, 'path.id'],
    ['liftOverride', { path: { id: 'l-9' } }, 'path.id'],
    ['mergeLead', { path: { id: 'l-9' }, body: { mergedLeadId: 'l-2' } }, 'path.id'],
    ['mergeLead', { ...lead, body: { mergedLeadId: 'l-9' } }, 'body.mergedLeadId'],
    ['eraseLead', { path: { id: 'l-9' } }, 'path.id'],
    ['acceptHandoff', { ...handoff('l-1', 'h-9'), body: {} }, 'path.id'],
    ['rejectHandoff', { ...handoff('l-9'), body: {} }, 'path.id'],
  ] as const)('names what is not there: %s %j', async (operation, props, path) => {
    const answer = await world.send(operation, props);
    expect(problemOf(answer)).toBe('404 not-found');
    expect(errorsOf(answer)).toMatchObject([{ path }]);
    expectNothingDone();
  });
});

describe('a lead that is closed', () => {
  it('takes no stage and no merge if it was erased', async () => {
    await world.send('eraseLead', { path: { id: 'l-2' } });
    await world.settle();
    const stage = await world.send('stateStage', { path: { id: 'l-2' }, body: { stage: 'sql' } });
    expect(problemOf(stage)).toBe('410 erased');
    expect(problemOf(await world.send('mergeLead', valid.mergeLead))).toBe('410 erased');
    const into = { path: { id: 'l-2' }, body: { mergedLeadId: 'l-1' } };
    expect(problemOf(await world.send('mergeLead', into))).toBe('410 erased');
    expect(world.taken).toHaveLength(1);
  });

  it('may be erased again, for consumers that have missed the first time', async () => {
    for (const _ of [1, 2]) {
      expect((await world.send('eraseLead', valid.eraseLead)).statusCode).toBe(202);
      await world.settle();
    }
    expect(world.taken).toHaveLength(2);
    expect(world.scoring.quarantined).toEqual([]);
  });

  it('names the lead that it was merged into, and may be merged into that one again', async () => {
    await world.addLead('l-3');
    await world.send('mergeLead', valid.mergeLead);
    await world.settle();
    const stage = await world.send('stateStage', { path: { id: 'l-2' }, body: { stage: 'sql' } });
    expect(problemOf(stage)).toBe('409 conflict');
    expect(errorsOf(stage)).toEqual([{ path: 'path.id', given: '"l-2"', allowed: '"l-1"' }]);
    const elsewhere = { path: { id: 'l-3' }, body: { mergedLeadId: 'l-2' } };
    expect(problemOf(await world.send('mergeLead', elsewhere))).toBe('409 conflict');
    expect((await world.send('mergeLead', valid.mergeLead)).statusCode).toBe(202);
    await world.settle();
    expect(world.scoring.quarantined).toEqual([]);
  });
});

describe('the actor', () => {
  it('is named by a service, which is itself the actor otherwise', async () => {
    const role = 'service';
    await world.send('stateStage', { ...lead, role, body: { stage: 'sql', actor: 'rep-7' } });
    await world.send('acceptHandoff', { ...handoff(), role, body: {} });
    expect(dataOf(0)).toMatchObject({ actor: 'rep-7' });
    expect(dataOf(1)).toMatchObject({ actor: 'arn:aws:sts::123456789012:assumed-role/crm/bridge' });
  });
});

describe('a seller', () => {
  const seller = (subject: string, ...queues: readonly string[]) =>
    ({ role: 'seller', subject, queues }) as const;
  const stranger = seller('kim@example.com', 'partners');

  it.each([
    ['answers hand-offs of its queues', seller('kim@example.com', 'partners', 'sales')],
    ['answers hand-offs of the leads that it owns, whatever the letter case', seller('JANE@example.com')],
  ])('%s', async (_what, props) => {
    for (const operation of ['acceptHandoff', 'rejectHandoff'] as const)
      expect((await world.send(operation, { ...valid[operation], ...props })).statusCode).toBe(202);
  });

  it.each([
    ['nobody', ''],
    ['nobody, in blanks', ' \t '],
    ['several people', ['kim@example.com', 'joe@example.com']],
    ['somebody whose name begins alike', 'kim@example.com.evil'],
  ])('owns no lead whose owner is %s', async (_what, owner) => {
    await world.addLead('l-3', { country: 'DE', owner });
    const props = { path: { id: 'l-3' }, body: { stage: 'sql' }, ...seller('kim@example.com') };
    expect(problemOf(await world.send('stateStage', props))).toBe('403 forbidden');
  });

  it('owns a lead in another spelling of its name', async () => {
    await world.addLead('l-3', { owner: ' Zoe\u0308@EXAMPLE.com ' });
    const props = { path: { id: 'l-3' }, body: { stage: 'sql' }, ...seller('zo\u00eb@example.com') };
    expect((await world.send('stateStage', props)).statusCode).toBe(202);
  });

  it("is refused another's hand-off, and learns only which queue has it", async () => {
    const answer = await world.send('acceptHandoff', { ...valid.acceptHandoff, ...stranger });
    expect(problemOf(answer)).toBe('403 forbidden');
    expect(errorsOf(answer)).toEqual([
      {
        path: 'authorization',
        given: 'queues "partners"',
        allowed: 'the queue "sales", or the owner of the lead',
      },
    ]);
    await world.send('acceptHandoff', { ...valid.acceptHandoff });
    await world.settle();
    const later = await world.send('acceptHandoff', { ...valid.acceptHandoff, ...stranger });
    expect(errorsOf(later)).toEqual(errorsOf(answer));
    expect(world.taken).toHaveLength(1);
    expect(world.stored()).toEqual([]);
  });

  it('has a queue only by its whole name', async () => {
    const props = seller('kim@example.com', 'Sales', 'sale', 'sales-2');
    expect(problemOf(await world.send('acceptHandoff', { ...valid.acceptHandoff, ...props }))).toBe(
      '403 forbidden',
    );
  });

  it.each([
    ['that it owns', 'l-2', seller('joe@example.com')],
    ['that were handed off to its queues', 'l-1', seller('kim@example.com', 'sales')],
  ])('states the stage of leads %s', async (_what, id, props) => {
    const answer = await world.send('stateStage', { path: { id }, body: { stage: 'sql' }, ...props });
    expect(answer.statusCode).toBe(202);
    expect(dataOf()).toMatchObject({ actor: props.subject });
  });

  it('states the stage of a lead whose hand-off it has accepted, and not of one that it rejected', async () => {
    const props = seller('kim@example.com', 'sales');
    await world.send('acceptHandoff', { ...valid.acceptHandoff, ...props });
    await world.addHandoff('l-2', { handoffId: 'h-2' });
    await world.send('rejectHandoff', { ...handoff('l-2', 'h-2'), body: {}, ...props });
    await world.settle();
    const state = (id: string) =>
      world.send('stateStage', { path: { id }, body: { stage: 'sql' }, ...props });
    expect((await state('l-1')).statusCode).toBe(202);
    expect(problemOf(await state('l-2'))).toBe('403 forbidden');
  });

  it('is refused the stage of any other lead', async () => {
    const answer = await world.send('stateStage', { ...valid.stateStage, ...stranger });
    expect(problemOf(answer)).toBe('403 forbidden');
    expect(errorsOf(answer)[0].allowed).toBe(
      'a queue with an open or accepted hand-off of the lead, or the owner of the lead',
    );
    expectNothingDone();
  });

  it('is limited no more if it is an admin', async () => {
    for (const operation of ['stateStage', 'acceptHandoff'] as const) {
      const props = { ...valid[operation], ...stranger, role: 'admin' } as const;
      expect((await world.send(operation, props)).statusCode).toBe(202);
    }
  });
});

describe('a hand-off that is answered', () => {
  const answer = (operation: 'acceptHandoff' | 'rejectHandoff', subject: string) =>
    world.send(operation, { ...valid[operation], subject });

  beforeEach(async () => {
    await answer('acceptHandoff', 'joe@example.com');
    await world.settle();
  });

  it('takes the same answer by the same person again, which changes nothing', async () => {
    world.pass(60_000);
    expect((await answer('acceptHandoff', 'joe@example.com')).statusCode).toBe(202);
    await world.settle();
    const item = world.scoring.memory.item('LEAD#l-1', 'HANDOFF#h-1');
    expect(item?.answeredAt?.S).toBe(new Date(now).toISOString());
  });

  it.each([
    ['rejectHandoff', 'joe@example.com'],
    ['acceptHandoff', 'kim@example.com'],
  ] as const)('takes no other answer, and says in which state it is: %s by %s', async (operation, by) => {
    const refused = await answer(operation, by);
    expect(problemOf(refused)).toBe('409 conflict');
    expect(bodyOf(refused).detail).toBe('the hand-off is accepted, and waits for no answer');
    expect(world.taken).toHaveLength(1);
  });

  it('takes no answer if it was withdrawn, has expired or waits, nor if the lead was erased', async () => {
    const item = world.scoring.memory.item('LEAD#l-1', 'HANDOFF#h-1') ?? {};
    for (const state of ['withdrawn', 'expired', 'waiting', 'answered-elsewhere', 'erased']) {
      world.scoring.memory.put({ ...item, handoffStatus: { S: state } });
      const refused = await answer('acceptHandoff', 'joe@example.com');
      expect(problemOf(refused)).toBe(state === 'erased' ? '410 erased' : '409 conflict');
    }
    expect(world.taken).toHaveLength(1);
  });
});

describe('a request with a key', () => {
  it.each(all)('that is sent again makes the same event, which is recorded once: %s', async (operation) => {
    const props = { ...valid[operation], ...keyed('k-1') };
    const first = await world.send(operation, props);
    await world.settle();
    const entries = (await world.scoring.findEntries('l-1')).length;
    world.pass(90_000);
    const second = await world.send(operation, props);
    expect([second.statusCode, bodyOf(second)]).toEqual([202, bodyOf(first)]);
    expect(world.taken[1]).toEqual(world.taken[0]);
    await world.settle();
    expect((await world.scoring.findEntries('l-1')).length).toBe(entries);
    expect(world.scoring.quarantined).toEqual([]);
  });

  it('is refused with another body, lead, condition or operation', async () => {
    await world.send('stateStage', { ...valid.stateStage, ...keyed('k-1') });
    for (const [operation, props] of [
      ['stateStage', { ...lead, body: { stage: 'customer' } }],
      ['stateStage', { ...valid.stateStage, path: { id: 'l-2' } }],
      ['stateStage', { ...valid.stateStage, ...seen(1) }],
      ['eraseLead', lead],
    ] as const)
      expect(
        problemOf(
          await world.send(operation, {
            ...props,
            ...keyed('k-1', 'headers' in props ? props.headers : {}),
          }),
        ),
      ).toBe('422 key-reused');
    expect(world.taken).toHaveLength(1);
    expect(world.stored()).toHaveLength(1);
  });

  it('shares it with no other caller', async () => {
    const first = await world.send('stateStage', { ...valid.stateStage, ...keyed('k-1') });
    const other = { ...valid.eraseLead, ...keyed('k-1'), subject: 'joe@example.com' };
    const second = await world.send('eraseLead', other);
    expect(second.statusCode).toBe(202);
    expect(bodyOf(second).eventId).not.toBe(bodyOf(first).eventId);
  });

  it('is another request a day later', async () => {
    const first = await world.send('stateStage', { ...valid.stateStage, ...keyed('k-1') });
    world.pass(apiLimits.requestMs + 1_000);
    const second = await world.send('stateStage', { ...lead, body: { stage: 'customer' }, ...keyed('k-1') });
    expect(second.statusCode).toBe(202);
    expect(bodyOf(second).occurredAt).not.toBe(bodyOf(first).occurredAt);
  });

  it('is another request a day later even if both name one instant: neither is rejected', async () => {
    const occurredAt = '2026-05-31T09:00:00.000Z';
    const state = (stage: string) =>
      world.send('stateStage', { ...lead, body: { stage, occurredAt }, ...keyed('k-1') });
    await state('sql');
    world.pass(apiLimits.requestMs + 1_000);
    await state('customer');
    await world.settle();
    expect(world.scoring.quarantined).toEqual([]);
  });

  it('stores nothing if it is refused, so that the key is free for the corrected one', async () => {
    const refused = await world.send('stateStage', {
      path: { id: 'l-9' },
      body: { stage: 'sql' },
      ...keyed('k-1'),
    });
    expect(problemOf(refused)).toBe('404 not-found');
    expectNothingDone();
    expect((await world.send('stateStage', { ...valid.stateStage, ...keyed('k-1') })).statusCode).toBe(202);
  });

  it('stores nothing that names a lead or a person', async () => {
    await world.addLead('ann@example.com');
    await world.send('eraseLead', {
      path: { id: 'ann@example.com' },
      ...keyed('k-1', { 'if-match': '"1"' }),
    });
    expect(world.stored()).toHaveLength(2);
    expect(JSON.stringify(world.stored())).not.toMatch(/example|ann|jane/i);
  });

  it('makes one event if it is sent twice at once', async () => {
    const send = () => world.send('stateStage', { ...valid.stateStage, ...keyed('k-1') });
    const sending = send();
    world.pass(1_500);
    const [first, second] = await Promise.all([sending, send()]);
    expect(bodyOf(first)).toEqual(bodyOf(second));
    expect(world.taken[0]).toEqual(world.taken[1]);
    await world.settle();
    expect(await world.scoring.findEntries('l-1')).toHaveLength(2);
  });

  it('is refused if another one is sent with the key at once, and leaves nothing behind', async () => {
    const send = (id: string) =>
      world.send('stateStage', {
        path: { id },
        body: { stage: 'sql' },
        ...keyed('k-1', { 'if-match': '"1"' }),
      });
    const answered = await Promise.all([send('l-1'), send('l-2')]);
    expect(answered.map(problemOf).toSorted()).toEqual(['422 key-reused', undefined]);
    expect(world.taken).toHaveLength(1);
    const loser = dataOf() as { leadId: string };
    const free = { path: { id: loser.leadId === 'l-1' ? 'l-2' : 'l-1' }, body: { stage: 'sql' }, ...seen(1) };
    expect((await world.send('stateStage', free)).statusCode).toBe(202);
  });
});

describe('a request with If-Match', () => {
  it.each(conditional)('is taken in if the lead has that version: %s', async (operation) => {
    expect((await world.send(operation, { ...valid[operation], ...seen(1) })).statusCode).toBe(202);
  });

  it.each(conditional)('is refused if the lead has another one, which is named: %s', async (operation) => {
    const answer = await world.send(operation, { ...valid[operation], ...seen(7) });
    expect(problemOf(answer)).toBe('412 version-differs');
    expect(errorsOf(answer)).toEqual([{ path: 'if-match', given: '"7"', allowed: '"1"' }]);
    expectNothingDone();
  });

  it.each(['acceptHandoff', 'rejectHandoff'] as const)(
    'is refused where no version counts: %s',
    async (operation) => {
      const answer = await world.send(operation, { ...valid[operation], ...seen(1) });
      expect(problemOf(answer)).toBe('400 invalid-request');
      expectNothingDone();
    },
  );

  it.each([
    [
      'one after the other',
      async (sends: (() => Promise<unknown>)[]) => {
        const done = [];
        for (const send of sends) done.push(await send());
        return done;
      },
    ],
    ['at once', (sends: (() => Promise<unknown>)[]) => Promise.all(sends.map((send) => send()))],
  ])('passes for one of the writers that have seen a version: %s', async (_how, run) => {
    const sends = ['sql', 'opportunity', 'customer', 'lead'].map(
      (stage) => () => world.send('stateStage', { ...lead, body: { stage }, ...seen(1) }),
    );
    const answered = (await run(sends)) as Awaited<ReturnType<TakingWorld['send']>>[];
    const refused = answered.filter(({ statusCode }) => statusCode !== 202);
    expect(refused.map(problemOf)).toEqual(Array(3).fill('412 version-differs'));
    expect(errorsOf(refused[0] as never)[0].allowed).toBe(
      'the version after that change: read the lead again',
    );
    expect(world.taken).toHaveLength(1);
    await world.settle();
    const next = { ...lead, body: { stage: 'customer' }, ...seen(2) };
    expect((await world.send('stateStage', next)).statusCode).toBe(202);
  });

  it('is answered alike when it is sent again with its key, though the lead has another version by then', async () => {
    const props = { ...valid.stateStage, ...keyed('k-1', { 'if-match': '"1"' }) };
    const first = await world.send('stateStage', props);
    await world.settle();
    expect(bodyOf(await world.send('stateStage', props))).toEqual(bodyOf(first));
    world.pass(apiLimits.claimMs * 2);
    expect(bodyOf(await world.send('stateStage', props))).toEqual(bodyOf(first));
  });

  it('leaves the version to others after some minutes if its event was lost, and then no longer passes itself', async () => {
    world = createTakingWorld(brokenBus);
    await world.addLead('l-1');
    const props = { ...valid.stateStage, ...keyed('k-1', { 'if-match': '"1"' }) };
    expect(problemOf(await world.send('stateStage', props))).toBe('503 unavailable');
    const other = { ...lead, body: { stage: 'customer' }, ...seen(1) };
    expect(problemOf(await world.send('stateStage', other))).toBe('412 version-differs');
    world.pass(apiLimits.claimMs + 1_000);
    expect(problemOf(await world.send('stateStage', other))).toBe('503 unavailable');
    expect(problemOf(await world.send('stateStage', props))).toBe('412 version-differs');
  });
});

describe('a bus that takes nothing', () => {
  it.each(all)(
    'becomes a problem for the caller, who may send the request again with its key: %s',
    async (operation) => {
      let isDown = true;
      world = createTakingWorld((taken) => ({
        publish: (events) => (isDown ? brokenBus() : createRecordingBus(taken)).publish(events),
      }));
      for (const leadId of ['l-1', 'l-2']) await world.addLead(leadId);
      await world.addHandoff('l-1');
      const props = { ...valid[operation], ...keyed('k-1') };
      const down = await world.send(operation, props);
      expect([problemOf(down), down.headers['retry-after']]).toEqual(['503 unavailable', '5']);
      expect(bodyOf(down).detail).not.toContain('no network');
      isDown = false;
      world.pass(30_000);
      const answer = await world.send(operation, props);
      expect(answer.statusCode).toBe(202);
      expect(bodyOf(answer).occurredAt).toBe(new Date(now).toISOString());
      expect(world.taken).toHaveLength(1);
    },
  );

  it('is one that refuses the entry, too', async () => {
    world = createTakingWorld(() => ({ publish: async () => [0] }));
    await world.addLead('l-1');
    expect(problemOf(await world.send('stateStage', valid.stateStage))).toBe('503 unavailable');
  });
});
