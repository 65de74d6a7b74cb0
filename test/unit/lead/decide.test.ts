import { describe, expect, it } from 'vitest';
import { dayHorizon, decide, decideAll, evolve, type SignalEvent } from '../../../shared/lead/index.ts';
import { noFacts } from '../../../shared/scoring/index.ts';
import { buildSignal, type EventInput } from '../../support/events.ts';
import { change, given as givenBy } from '../../support/given.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const model = compileDocument(smallDocument());
let next = 0;
const event = (given: Omit<EventInput, 'id'>): SignalEvent => buildSignal({ ...given, id: `e-${next++}` });
const did = (activity: string, at?: string, count = 1) =>
  event({ type: 'LeadActivityRecorded', data: { activity, count }, ...(at !== undefined && { at }) });
const profile = (attributes: object, at?: string) =>
  event({ type: 'LeadProfileUpdated', data: { attributes }, ...(at !== undefined && { at }) });
const rejected = (more: object = {}, at: string | undefined = '2026-03-02T00:00:00.000Z') =>
  event({
    type: 'HandoffRejected',
    data: { handoffId: 'h', actor: 'ann', ...more },
    ...(at !== undefined && { at }),
  });
const answered = (question: string, value: string) =>
  event({ type: 'LeadAnswersRecorded', data: { answers: { [question]: { value } } } });

const given = (...events: SignalEvent[]) => givenBy(model, ...events);

describe('a decision', () => {
  it('announces a lead that enters the funnel', () =>
    given().when(did('page_visited')).thenAnnounces({
      type: 'LeadStageTransitioned',
      from: null,
      to: 'subscriber',
      kind: 'entered',
      trigger: 'first-seen',
    }));

  it('announces nothing for an event that changes neither stage, tier nor qualification', () => {
    const { state } = given(did('page_visited'))
      .when(did('page_visited'))
      .thenAnnouncesNothing()
      .thenStands({}, false);
    expect(state.score).toBeGreaterThan(0);
  });

  it('is the same without reasons, but for the reasons', () => {
    const { state: before } = decide(model, undefined, did('demo_requested'));
    const executive = profile({ seniority: 'executive' });
    const { state, decided } = decide(model, before, executive);
    expect(decided.changes).toContainEqual(
      expect.objectContaining({
        type: 'LeadTierChanged',
        reasons: expect.arrayContaining([expect.anything()]),
      }),
    );
    const changes = decided.changes.map((one) => ('reasons' in one ? { ...one, reasons: [] } : one));
    expect(decide(model, before, executive, { withoutReasons: true })).toEqual({
      state,
      decided: { ...decided, changes },
    });
  });

  it('announces a change of tier with direction and the reasons that weighed most', () =>
    given(did('demo_requested'))
      .when(profile({ seniority: 'executive' }))
      .thenAnnounces(
        change('LeadTierChanged', {
          from: 'none',
          to: 'good',
          direction: 'up',
          reasons: [
            expect.objectContaining({ criterion: 'executive', weight: 60 }),
            expect.objectContaining({ criterion: 'demo', weight: 12.5 }),
          ],
        }),
      )
      .thenStands(
        { stage: 'mql', tier: 'good', score: 72.5, action: { kind: 'handoff', queue: 'sales' } },
        true,
      ));

  it('scores by the scorecard of the stage that the event itself leads to', () => {
    const [executive, download] = [profile({ seniority: 'executive' }), did('content_downloaded')];
    given().when(executive).thenStands({ stage: 'subscriber', score: 40 });
    given(executive).when(download).thenStands({ stage: 'lead', score: 40 });
    given(executive, download).when(did('demo_requested')).thenStands({ stage: 'mql', score: 72.5 });
  });

  it('disqualifies with the reason, sets the tier to none and starts the track that the reason names', () =>
    given(did('demo_requested'), did('page_visited', undefined, 4))
      .when(answered('need', 'none'))
      .thenAnnounces(change('LeadDisqualified'))
      .thenStands(
        {
          status: 'disqualified',
          tier: 'none',
          action: { kind: 'nurture', track: 'long-term' },
          disqualification: { disqualifier: 'no-need', class: 'problem' },
        },
        true,
      ));

  it('disqualifies once, however many events follow', () => {
    const [no, first, second] = [answered('need', 'none'), did('page_visited'), did('page_visited')];
    given().when(no).thenAnnounces(change('LeadStageTransitioned'), change('LeadDisqualified'));
    given(no).when(first).thenAnnouncesNothing();
    given(no, first).when(second).thenAnnouncesNothing();
  });

  it('requalifies when the facts change, with the facts as the cause', () =>
    given(answered('need', 'none'))
      .when(profile({ seniority: 'executive' }))
      .thenAnnounces(change('LeadTierChanged'), {
        type: 'LeadRequalified',
        was: { disqualifier: 'no-need', class: 'problem', text: 'has no need' },
        cause: 'facts',
      })
      .thenStands({ status: 'active', tier: 'risky' }));

  it('requalifies when a new model drops the disqualifier, with the model as the cause', () => {
    const lenient = compileDocument({ ...smallDocument(), version: '2', disqualifiers: [] });
    given(answered('need', 'none'))
      .when(did('page_visited'), lenient)
      .thenAnnounces(change('LeadRequalified', { cause: 'model' }));
  });

  it('does not disqualify a customer', () =>
    given(event({ type: 'LeadOutcomeRecorded', data: { outcome: 'won' } }))
      .when(answered('need', 'none'))
      .thenStands({ stage: 'customer', status: 'active' }));

  it('recycles a rejected lead into nurture, and hands it off again when it comes back', () => {
    const asked = [profile({ seniority: 'executive' }), did('demo_requested')];
    const verdict = rejected({ reason: 'no project' });
    given(...asked)
      .when(verdict)
      .thenAnnounces(change('LeadStageTransitioned', { trigger: 'handoff-rejected', reason: 'no project' }))
      .thenStands(
        { stage: 'lead', status: 'recycled', action: { kind: 'nurture', track: 'recycled' } },
        true,
      );
    given(...asked, verdict)
      .when(did('demo_requested', '2026-03-03T00:00:00.000Z'))
      .thenStands({ stage: 'mql', status: 'active', action: { kind: 'handoff' } }, true);
  });

  it('asks for another hand-off if a rejection arrives late, after events that had moved the lead on', () => {
    const asked = [profile({ seniority: 'executive' }), did('demo_requested')];
    const again = did('demo_requested', '2026-03-03T00:00:00.000Z');
    given(...asked)
      .when(again)
      .thenAnnouncesNothing()
      .thenStands({}, false);
    given(...asked, again)
      .when(rejected())
      .thenAnnounces(change('LeadStageTransitioned', { kind: 'stayed' }))
      .thenStands({ stage: 'mql', status: 'active', action: { kind: 'handoff' } }, true);
  });

  it('announces nothing when a rejection is sent again after the lead was handed off anew', () => {
    const asked = [profile({ seniority: 'executive' }), did('demo_requested'), rejected()];
    const again = did('demo_requested', '2026-03-10T00:00:00.000Z');
    given(...asked, again)
      .when(rejected({}, '2026-03-11T00:00:00.000Z'))
      .thenAnnouncesNothing()
      .thenStands({ stage: 'mql', status: 'active', action: { kind: 'handoff' } }, false);
  });

  it('asks for no other hand-off if a known rejection arrives late with an earlier instant', () => {
    const day = (n: number) => `2026-03-0${n}T00:00:00.000Z`;
    const asked = [profile({ seniority: 'executive' }, day(1)), did('demo_requested', day(1))];
    const again = [rejected({}, day(7)), did('demo_requested', day(8))];
    given(...asked, ...again)
      .when(rejected({}, day(5)))
      .thenAnnouncesNothing()
      .thenStands({ action: { kind: 'handoff' } }, false);
    given(...asked, ...again)
      .when(rejected({ handoffId: 'another' }, day(5)))
      .thenStands({ action: { kind: 'handoff' } }, true);
    const accepted = event({
      type: 'HandoffAccepted',
      data: { handoffId: 'another', actor: 'ann' },
      at: day(6),
    });
    given(...asked, ...again, accepted)
      .when(rejected({ handoffId: 'another' }, day(5)))
      .thenStands({}, true);
  });

  it('leaves a customer whose hand-off is rejected where it is, and does not offer it again', () => {
    const document = smallDocument();
    const upselling = compileDocument({
      ...document,
      policy: {
        ...document.policy,
        rules: [{ stages: ['customer'], action: { kind: 'handoff', queue: 'upsell', dueHours: 24 } }],
      },
    });
    const won = event({ type: 'LeadOutcomeRecorded', data: { outcome: 'won' } });
    givenBy(upselling, won)
      .when(rejected({ reason: 'no need' }))
      .thenAnnouncesNothing()
      .thenStands(
        { stage: 'customer', status: 'active', action: { kind: 'handoff', queue: 'upsell' } },
        false,
      );
  });

  it('does not announce the recycling of a lead that is disqualified while it is recycled', () =>
    given(rejected({}, undefined)).when(answered('need', 'none')).thenAnnounces(change('LeadDisqualified')));

  it('is evaluated at the latest instant seen, so a late event does not bring back an old window', () =>
    given(did('page_visited', '2026-03-20T00:00:00.000Z'))
      .when(did('page_visited', '2026-03-01T00:00:00.000Z', 4))
      .thenStands({ dimensions: { interest: 5 } }));

  it('does not change the state that it was given', () => {
    const { state } = given().when(did('page_visited'));
    const before = structuredClone(state);
    decide(model, state, profile({ seniority: 'executive' }));
    expect(state).toEqual(before);
  });
});

describe('a commit', () => {
  it('decides each event after the one before it and raises the version by one', () => {
    const first = decideAll(
      model,
      undefined,
      [did('demo_requested'), profile({ seniority: 'executive' })],
      0,
    );
    expect(first).toMatchObject({ basedOn: { version: 0, head: '' }, state: { version: 1 } });
    expect(first.entries.map(({ decided }) => decided.standing.tier)).toEqual(['none', 'good']);
    const head = 'the hash of the last entry';
    expect(decideAll(model, { ...first.state, head }, [did('page_visited')], 0)).toMatchObject({
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
