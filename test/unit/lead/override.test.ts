import { describe, expect, it } from 'vitest';
import {
  advanceTo,
  catchUp,
  decide,
  evolve,
  findNextChange,
  findOverride,
  type JudgedEvent,
  type LeadState,
  mergeFacts,
  type SignalEvent,
} from '../../../shared/lead/index.ts';
import { type Facts, noFacts } from '../../../shared/scoring/index.ts';
import { buildSignal, type EventInput } from '../../support/events.ts';
import { fadingModel, fallsAt } from '../../support/fading.ts';
import { change, given as givenBy } from '../../support/given.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const small = smallDocument();
const model = compileDocument({
  ...small,
  policy: {
    ...small.policy,
    rules: [
      { tiers: ['excellent'], action: { kind: 'handoff', queue: 'sales', dueHours: 4 } },
      { tiers: ['good'], action: { kind: 'nurture', track: 'warm' } },
    ],
  },
});
const usual = '2026-03-01T09:00:00.000Z';
let next = 0;
const event = (input: Omit<EventInput, 'id'>): SignalEvent => buildSignal({ ...input, id: `o-${next++}` });
const visited = (at = usual) =>
  event({ type: 'LeadActivityRecorded', data: { activity: 'page_visited' }, at });
const overridden = (what: object, at = usual, until = '2026-04-01T10:30:00.000Z') =>
  event({
    type: 'LeadOverridden',
    data: { ...what, until, actor: 'sales-7', reason: 'Met the board' },
    at,
  });
const lifted = (at: string) => event({ type: 'LeadOverrideLifted', data: { actor: 'sales-7' }, at });
const good = [
  event({ type: 'LeadActivityRecorded', data: { activity: 'demo_requested', count: 1 } }),
  event({ type: 'LeadProfileUpdated', data: { attributes: { seniority: 'executive' } } }),
];
const unfit = event({ type: 'LeadAnswersRecorded', data: { answers: { need: { value: 'none' } } } });
const given = (...events: SignalEvent[]) => givenBy(model, ...events);
const fold = (events: readonly JudgedEvent[], by = model): LeadState =>
  events.reduce<LeadState | undefined>((lead, one) => decide(by, lead, one).state, undefined) as LeadState;

describe('an override of the tier', () => {
  it('sets the tier and what follows from it, and leaves the score and the tier by the model beside it', () => {
    const before = fold(good);
    const { state } = given(...good)
      .when(overridden({ tier: 'excellent' }))
      .thenAnnounces(change('LeadTierChanged', { from: 'good', to: 'excellent', direction: 'up' }));
    expect(state).toMatchObject({
      tier: 'excellent',
      score: before.score,
      overridden: { tier: 'good' },
      action: { kind: 'handoff', queue: 'sales' },
    });
  });

  it('changes nothing that is announced if the tier is the same', () => {
    const { state } = given(...good)
      .when(overridden({ tier: 'good' }))
      .thenAnnouncesNothing();
    expect(state.overridden).toEqual({ tier: 'good' });
  });

  it('does not qualify a lead that is disqualified', () => {
    const { state } = given(unfit)
      .when(overridden({ tier: 'excellent' }))
      .thenAnnouncesNothing();
    expect(state).toMatchObject({ status: 'disqualified', tier: 'none', overridden: { tier: 'none' } });
  });

  it('goes with the last event at or after its end, on the whole hour', () => {
    const held = fold([...good, overridden({ tier: 'excellent' })]);
    const last = decide(model, held, visited('2026-04-01T10:59:59.000Z')).state;
    expect(last.tier).toBe('excellent');
    const { state, decided } = decide(model, last, visited('2026-04-01T11:00:00.000Z'));
    expect(state.tier).toBe('good');
    expect(state).not.toHaveProperty('overridden');
    expect(decided.changes).toMatchObject([{ type: 'LeadTierChanged', from: 'excellent', to: 'good' }]);
  });

  it('ends by time alone at the first whole hour after its end', () => {
    const held = fold([...good, overridden({ tier: 'excellent' })]);
    const end = Date.parse('2026-04-01T11:00:00.000Z');
    expect(findNextChange(model, held)).toBe(end);
    expect(findNextChange(model, held, { until: end - 1 })).toBeUndefined();
    const { state, entries } = catchUp(model, { ...held, dueAt: end }, end);
    expect(entries).toMatchObject([
      { decided: { changes: [{ type: 'LeadTierChanged', to: 'good', trigger: 'time' }] } },
    ]);
    expect(state).not.toHaveProperty('overridden');
  });

  it('ends by time alone even after every decay and window is over', () => {
    const until = '2031-01-01T00:00:00.000Z';
    const held = fold([...good, overridden({ tier: 'excellent' }, usual, until)]);
    expect(findNextChange(model, held)).toBe(Date.parse(until));
    expect(advanceTo(model, held, Date.parse('2032-01-01T00:00:00Z')).state.tier).toBe('good');
  });
});

describe('an override until the last instant that can be said', () => {
  it('ends within the years that instants have', () => {
    const held = fold([...good, overridden({ tier: 'excellent' }, usual, '9999-12-31T23:59:59.999Z')]);
    const end = findNextChange(model, held) ?? Number.NaN;
    expect(new Date(end).toISOString()).toBe('9999-12-31T23:00:00.000Z');
    expect(catchUp(model, { ...held, dueAt: end }, end).state).not.toHaveProperty('overridden');
  });
});

describe('the tier by the model while a person overrides it', () => {
  const fading = fadingModel();
  const falls = Date.parse(fallsAt);
  const executive = event({ type: 'LeadProfileUpdated', data: { attributes: { seniority: 'executive' } } });
  const did = (activity: string, count = 1) =>
    event({ type: 'LeadActivityRecorded', data: { activity, count } });
  const held = () =>
    fold(
      [executive, did('demo_requested'), did('page_visited', 4), overridden({ tier: 'excellent' })],
      fading,
    );

  it('goes on by itself, at its own hour, and nothing is announced', () => {
    const before = held();
    expect(before.overridden).toEqual({ tier: 'good' });
    expect(findNextChange(fading, before)).toBe(falls);
    const { state, entries } = catchUp(fading, { ...before, dueAt: falls }, falls);
    expect(state).toMatchObject({ tier: 'excellent', overridden: { tier: 'risky' } });
    expect(entries).toMatchObject([{ decided: { changes: [], actionChanged: false } }]);
  });

  it('is what hysteresis goes on from: the tier that a person set holds no score up', () => {
    const bounds = { excellent: 80, good: 50, risky: 25, hysteresis: 15 };
    const by = compileDocument({ ...smallDocument(), tiers: bounds });
    const set = fold([executive, overridden({ tier: 'good' })], by);
    expect(set).toMatchObject({ tier: 'good', score: 40, overridden: { tier: 'risky' } });
    expect(decide(by, set, lifted('2026-03-02T09:00:00.000Z')).state.tier).toBe('risky');
  });
});

describe('a lead that is held', () => {
  const best = () => [...good, overridden({ tier: 'excellent' })];

  it('is handed off to nobody, and a hand-off that was asked for is withdrawn', () => {
    const { state } = given(...best())
      .when(overridden({ tier: 'excellent', hold: true }, '2026-03-02T09:00:00.000Z'))
      .thenStands({ action: { kind: 'none' } }, true);
    expect(state.overridden).toEqual({ tier: 'good', hold: true });
  });

  it('goes on with nurture', () =>
    given(...good)
      .when(overridden({ hold: true }))
      .thenAnnouncesNothing()
      .thenStands({ tier: 'good' }, false));

  it('is handed off again once it is no longer held', () =>
    given(...good, overridden({ tier: 'excellent', hold: true }))
      .when(overridden({ tier: 'excellent' }, '2026-03-02T09:00:00.000Z'))
      .thenStands({ action: { kind: 'handoff', queue: 'sales', dueHours: 4 } }, true));
});

describe('of several overrides', () => {
  const march = (day: number) => `2026-03-0${day}T09:00:00.000Z`;
  const folded = (...events: SignalEvent[]): Facts['override'] => events.reduce(evolve, noFacts).override;

  it('the one that occurred last counts, in whatever order they arrive', () => {
    const [one, two] = [overridden({ tier: 'good' }, march(1)), overridden({ hold: true }, march(2))];
    expect(folded(one, two)).toEqual(folded(two, one));
    expect(folded(two, one)?.[0]).toMatchObject({ hold: true });
  });

  it('one that was lifted later holds no more, and one that was said after that holds', () => {
    const [one, lift, two] = [
      overridden({ tier: 'good' }, march(1)),
      lifted(march(2)),
      overridden({ tier: 'excellent' }, march(3)),
    ];
    expect(findOverride([lift, one].reduce(evolve, noFacts))).toBeUndefined();
    expect(findOverride([two, lift, one].reduce(evolve, noFacts))).toMatchObject({ tier: 'excellent' });
  });

  it('the later of two merged leads counts (I13)', () => {
    const [one, lift] = [overridden({ tier: 'good' }, march(1)), lifted(march(2))];
    const merged = mergeFacts([one].reduce(evolve, noFacts), [lift].reduce(evolve, noFacts));
    expect(merged).toEqual([one, lift].reduce(evolve, noFacts));
    expect(mergeFacts(noFacts, [one].reduce(evolve, noFacts)).override?.[0]).toMatchObject({ tier: 'good' });
    expect(mergeFacts(noFacts, noFacts)).not.toHaveProperty('override');
  });
});
