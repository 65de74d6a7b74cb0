import { describe, expect, it } from 'vitest';
import {
  dayHorizon,
  decide,
  decideAll,
  evolve,
  type LeadState,
  type SignalEvent,
} from '../../../shared/lead/index.ts';
import { noFacts } from '../../../shared/scoring/index.ts';
import { eventOf, type Said } from '../../support/events.ts';
import { modelOf, smallDocument } from '../../support/models.ts';

const model = modelOf(smallDocument());
let next = 0;
const event = (given: Omit<Said, 'id'>): SignalEvent => eventOf({ ...given, id: `e-${next++}` });
const did = (activity: string, at?: string, count = 1) =>
  event({ type: 'LeadActivityRecorded', data: { activity, count }, ...(at !== undefined && { at }) });
const profile = (attributes: object, at?: string) =>
  event({ type: 'LeadProfileUpdated', data: { attributes }, ...(at !== undefined && { at }) });
const answered = (question: string, value: string) =>
  event({ type: 'LeadAnswersRecorded', data: { answers: { [question]: { value } } } });

const run = (...events: SignalEvent[]) => {
  let state: LeadState | undefined;
  return events.map((one) => {
    const decision = decide(model, state, one);
    state = decision.state;
    return { ...decision, types: decision.decided.changes.map(({ type }) => type) };
  });
};
const last = <T>(list: readonly T[]): T => list.at(-1) as T;

describe('a decision', () => {
  it('announces a lead that enters the funnel', () => {
    const [first] = run(did('page_visited'));
    expect(first?.decided.changes).toEqual([
      { type: 'LeadStageTransitioned', from: null, to: 'subscriber', kind: 'entered', trigger: 'first-seen' },
    ]);
  });

  it('announces nothing for an event that changes neither stage, tier nor qualification', () => {
    const decisions = run(did('page_visited'), did('page_visited'));
    expect(last(decisions).decided).toMatchObject({ changes: [], actionChanged: false });
    expect(last(decisions).state.score).toBeGreaterThan(0);
  });

  it('announces a change of tier with direction and the reasons that weighed most', () => {
    const decisions = run(did('demo_requested'), profile({ seniority: 'executive' }));
    expect(last(decisions).decided).toMatchObject({
      actionChanged: true,
      standing: { stage: 'mql', tier: 'good', score: 72.5, action: { kind: 'handoff', queue: 'sales' } },
      changes: [
        {
          type: 'LeadTierChanged',
          from: 'none',
          to: 'good',
          direction: 'up',
          reasons: [
            { criterion: 'executive', weight: 60 },
            { criterion: 'demo', weight: 12.5 },
          ],
        },
      ],
    });
  });

  it('scores by the scorecard of the stage that the event itself leads to', () => {
    const decisions = run(
      profile({ seniority: 'executive' }),
      did('content_downloaded'),
      did('demo_requested'),
    );
    expect(decisions.map(({ state }) => [state.stage, state.score])).toEqual([
      ['subscriber', 40],
      ['lead', 40],
      ['mql', 72.5],
    ]);
  });

  it('disqualifies with the reason, sets the tier to none and starts the track that the reason names', () => {
    const decisions = run(did('demo_requested'), did('page_visited', undefined, 4), answered('need', 'none'));
    expect(last(decisions).decided).toMatchObject({
      standing: {
        status: 'disqualified',
        tier: 'none',
        action: { kind: 'nurture', track: 'long-term' },
        disqualification: { disqualifier: 'no-need', class: 'problem' },
      },
      actionChanged: true,
    });
    expect(last(decisions).types).toEqual(['LeadDisqualified']);
  });

  it('disqualifies once, however many events follow', () => {
    const decisions = run(answered('need', 'none'), did('page_visited'), did('page_visited'));
    expect(
      decisions.flatMap(({ types }) => types).filter((type) => type === 'LeadDisqualified'),
    ).toHaveLength(1);
  });

  it('requalifies when the facts change, with the facts as the cause', () => {
    const decisions = run(answered('need', 'none'), profile({ seniority: 'executive' }));
    expect(last(decisions).decided.changes).toContainEqual({
      type: 'LeadRequalified',
      was: { disqualifier: 'no-need', class: 'problem', text: 'has no need' },
      cause: 'facts',
    });
    expect(last(decisions).state).toMatchObject({ status: 'active', tier: 'risky' });
  });

  it('requalifies when a new model drops the disqualifier, with the model as the cause', () => {
    const document = smallDocument();
    const lenient = modelOf({ ...document, version: '2', disqualifiers: [] });
    const [{ state }] = run(answered('need', 'none')) as [ReturnType<typeof run>[number]];
    const { decided } = decide(lenient, state, did('page_visited'));
    expect(decided.changes).toContainEqual(
      expect.objectContaining({ type: 'LeadRequalified', cause: 'model' }),
    );
  });

  it('does not disqualify a customer', () => {
    const won = event({ type: 'LeadOutcomeRecorded', data: { outcome: 'won' } });
    const decisions = run(won, answered('need', 'none'));
    expect(last(decisions).state).toMatchObject({ stage: 'customer', status: 'active' });
  });

  it('recycles a rejected lead into nurture, and hands it off again when it comes back', () => {
    const verdict = event({
      type: 'HandoffRejected',
      data: { handoffId: 'h', actor: 'ann', reason: 'no project' },
      at: '2026-03-02T00:00:00.000Z',
    });
    const decisions = run(
      profile({ seniority: 'executive' }),
      did('demo_requested'),
      verdict,
      did('demo_requested', '2026-03-03T00:00:00.000Z'),
    );
    expect(decisions[2]?.decided).toMatchObject({
      standing: { stage: 'lead', status: 'recycled', action: { kind: 'nurture', track: 'recycled' } },
      actionChanged: true,
    });
    expect(decisions[2]?.decided.changes).toContainEqual(
      expect.objectContaining({
        type: 'LeadStageTransitioned',
        trigger: 'handoff-rejected',
        reason: 'no project',
      }),
    );
    expect(decisions[3]?.decided).toMatchObject({
      standing: { stage: 'mql', status: 'active', action: { kind: 'handoff' } },
      actionChanged: true,
    });
  });

  it('asks for another hand-off if a rejection arrives late, after events that had moved the lead on', () => {
    const verdict = event({
      type: 'HandoffRejected',
      data: { handoffId: 'h', actor: 'ann' },
      at: '2026-03-02T00:00:00.000Z',
    });
    const decisions = run(
      profile({ seniority: 'executive' }),
      did('demo_requested'),
      did('demo_requested', '2026-03-03T00:00:00.000Z'),
      verdict,
    );
    expect(decisions[2]?.decided).toMatchObject({ actionChanged: false, changes: [] });
    expect(last(decisions).decided).toMatchObject({
      standing: { stage: 'mql', status: 'active', action: { kind: 'handoff' } },
      actionChanged: true,
      changes: [{ type: 'LeadStageTransitioned', kind: 'stayed' }],
    });
  });

  it('does not announce the recycling of a lead that is disqualified while it is recycled', () => {
    const verdict = event({ type: 'HandoffRejected', data: { handoffId: 'h', actor: 'ann' } });
    const decisions = run(verdict, answered('need', 'none'));
    expect(last(decisions).types).toEqual(['LeadDisqualified']);
  });

  it('is evaluated at the latest instant seen, so a late event does not bring back an old window', () => {
    const decisions = run(
      did('page_visited', '2026-03-20T00:00:00.000Z'),
      did('page_visited', '2026-03-01T00:00:00.000Z', 4),
    );
    expect(last(decisions).state.dimensions.interest).toBe(5);
  });

  it('does not change the state that it was given', () => {
    const [{ state }] = run(did('page_visited')) as [ReturnType<typeof run>[number]];
    const before = structuredClone(state);
    decide(model, state, profile({ seniority: 'executive' }));
    expect(state).toEqual(before);
  });
});

describe('a commit', () => {
  it('decides each event after the one before it and raises the version by one', () => {
    const first = decideAll(model, undefined, [did('demo_requested'), profile({ seniority: 'executive' })]);
    expect(first).toMatchObject({ basedOn: { version: 0, head: '' }, state: { version: 1 } });
    expect(first.entries.map(({ decided }) => decided.standing.tier)).toEqual(['none', 'good']);
    const head = 'the hash of the last entry';
    expect(decideAll(model, { ...first.state, head }, [did('page_visited')])).toMatchObject({
      basedOn: { version: 1, head },
      state: { version: 2 },
    });
  });
});

describe('facts', () => {
  const fold = (...events: SignalEvent[]) => events.reduce(evolve, noFacts);

  it('have the latest value of an attribute, and null clears it', () => {
    const early = profile({ size: 10 }, '2026-03-01T00:00:00.000Z');
    const late = profile({ size: null }, '2026-03-02T00:00:00.000Z');
    expect(fold(early, late).attributes.size?.[0]).toBeNull();
    expect(fold(late, early)).toEqual(fold(early, late));
  });

  it('are the same in either order if two values have the same instant', () => {
    const [a, b] = [profile({ size: 10 }), profile({ size: 9 })];
    expect(fold(a, b)).toEqual(fold(b, a));
  });

  it('count activities by day, and drop days that no window reaches, whatever the order', () => {
    const old = did('visit', '2024-01-01T00:00:00.000Z', 3);
    const recent = did('visit', '2026-03-01T00:00:00.000Z', 2);
    const facts = fold(old, recent);
    expect(facts.activities.visit?.[0]).toBe(5);
    expect(facts.activities.visit?.[2]).toHaveLength(2);
    expect(fold(recent, old)).toEqual(facts);
    expect(dayHorizon).toBeGreaterThan(365);
  });

  it('treat names that objects inherit like any other names', () => {
    const facts = fold(did('constructor'), did('constructor'), profile({ toString: 'x' }));
    expect(Object.entries(facts.activities)).toEqual([
      ['constructor', [2, expect.any(Number), expect.any(Array)]],
    ]);
    expect(Object.entries(facts.attributes)).toEqual([['toString', ['x', expect.any(Number)]]]);
  });
});
