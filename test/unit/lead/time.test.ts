import { describe, expect, it } from 'vitest';
import type { ExpiryEvent } from '../../../events/index.ts';
import {
  advanceTo,
  catchUp,
  clockEvent,
  computeRetentionEnd,
  decide,
  evolve,
  type JudgedEvent,
  type LeadState,
  mergeFacts,
} from '../../../shared/lead/index.ts';
import { instantOf, noFacts } from '../../../shared/scoring/index.ts';
import { buildSignal, type EventInput } from '../../support/events.ts';
import { fadingModel, fallsAt } from '../../support/fading.ts';
import { change, given as givenBy } from '../../support/given.ts';

const model = fadingModel();
let next = 0;
const event = (input: Omit<EventInput, 'id'>) => buildSignal({ ...input, id: `e-${next++}` });
const did = (activity: string, at?: string, count = 1) =>
  event({ type: 'LeadActivityRecorded', data: { activity, count }, ...(at !== undefined && { at }) });
const executive = event({ type: 'LeadProfileUpdated', data: { attributes: { seniority: 'executive' } } });
const good = [executive, did('demo_requested'), did('page_visited', undefined, 4)];
const expired = (handoffId: string, at: string): ExpiryEvent => ({
  type: 'HandoffExpired',
  source: 'sluice',
  metadata: { eventId: `expired-${handoffId}`, occurredAt: at, schemaVersion: 1 },
  data: {
    leadId: 'l-1',
    version: 1,
    ordinal: 0,
    handoffId,
    queue: 'sales',
    dueAt: at,
    deadline: 1,
    followedBy: 'recycle',
    tier: 'good',
  },
});
const verdict = (type: 'HandoffAccepted' | 'HandoffRejected', handoffId: string, at: string) =>
  event({ type, data: { handoffId, actor: 'ann' }, at });

const fold = (...events: readonly JudgedEvent[]): LeadState =>
  events.reduce<LeadState | undefined>((lead, one) => decide(model, lead, one).state, undefined) as LeadState;

describe('the time of a lead', () => {
  it('is advanced, never set back, and is no fact: nothing was heard', () => {
    const facts = evolve(noFacts, executive);
    const advanced = evolve(facts, clockEvent('l-1', Date.parse('2026-03-05T00:00:00Z')));
    expect(advanced).toEqual({ ...facts, clock: Date.parse('2026-03-05T00:00:00Z') });
    expect(evolve(advanced, clockEvent('l-1', Date.parse('2026-03-04T00:00:00Z')))).toBe(advanced);
    expect(instantOf(advanced)).toBe(Date.parse('2026-03-05T00:00:00Z'));
  });

  it('leaves no trace in the facts once something was heard later, in whatever order', () => {
    const clock = clockEvent('l-1', Date.parse('2026-03-05T00:00:00Z'));
    const later = did('page_visited', '2026-03-06T00:00:00.000Z');
    const one = evolve(evolve(evolve(noFacts, executive), clock), later);
    expect(one).toEqual(evolve(evolve(noFacts, executive), later));
    expect(evolve(evolve(evolve(noFacts, executive), later), clock)).toEqual(one);
  });

  it('is that of the later of two leads that are merged', () => {
    const facts = evolve(noFacts, executive);
    expect(mergeFacts({ ...facts, clock: facts.seen + 5 }, facts)).toEqual({
      ...facts,
      clock: facts.seen + 5,
    });
    expect(mergeFacts({ ...facts, clock: facts.seen + 5 }, { ...facts, seen: facts.seen + 9 })).toEqual({
      ...facts,
      seen: facts.seen + 9,
    });
  });
});

describe('catching up', () => {
  it('decides each change at its own hour', () => {
    const { entries, state } = catchUp(model, fold(...good), Date.parse('2026-05-01'));
    expect(entries.map(({ event: { metadata } }) => metadata.occurredAt)).toEqual([fallsAt]);
    expect(state).toMatchObject({ tier: 'risky', score: 72.5, action: { kind: 'nurture' } });
  });

  it('does nothing before the first change', () => {
    const before = fold(...good);
    const { entries, state } = catchUp(model, before, Date.parse(fallsAt) - 1);
    expect(entries).toEqual([]);
    expect(state).toBe(before);
  });
});

describe('a lead as of a later instant', () => {
  it('stands as time alone makes it, with the changes on the way', () => {
    const { state, changes } = advanceTo(model, fold(...good), Date.parse('2026-04-01T12:34:00Z'));
    expect(state).toMatchObject({ tier: 'risky', score: 72.5 });
    expect(instantOf(state.facts)).toBe(Date.parse('2026-04-01T12:34:00Z'));
    expect(changes).toMatchObject([{ at: Date.parse(fallsAt), state: { tier: 'risky' } }]);
  });

  it('is the lead itself at its own instant', () => {
    const before = fold(...good);
    expect(advanceTo(model, before, instantOf(before.facts))).toEqual({ state: before, changes: [] });
  });
});

describe('a hand-off that nobody answered in time', () => {
  const given = (...events: JudgedEvent[]) => givenBy(model, ...events);

  it('takes the lead back, at the deadline', () => {
    const { state } = given(...good)
      .when(expired('h-1', '2026-03-02T09:00:00.000Z'))
      .thenAnnounces(change('LeadStageTransitioned', { from: 'mql', to: 'lead', trigger: 'handoff-expired' }))
      .thenStands({ stage: 'lead', status: 'recycled', action: { kind: 'nurture', track: 'recycled' } });
    expect(instantOf(state.facts)).toBe(Date.parse('2026-03-02T09:00:00Z'));
    expect(state.facts.seen).toBe(Date.parse('2026-03-01T09:00:00Z'));
  });

  it("gives way to a person's verdict, however late it is or comes", () => {
    const accepted = verdict('HandoffAccepted', 'h-1', '2026-03-02T12:00:00.000Z');
    const expiry = expired('h-1', '2026-03-02T09:00:00.000Z');
    for (const events of [
      [accepted, expiry],
      [expiry, accepted],
    ])
      expect(fold(...good, ...events)).toMatchObject({ stage: 'sql', status: 'active' });
  });
});

describe('the deadline of a hand-off', () => {
  const withDeadlines = fadingModel({ deadlines: { resetBy: ['call_attempted'], pausedBy: ['on_leave'] } });

  it('is moved by an activity that the policy names', () =>
    givenBy(withDeadlines, ...good)
      .when(did('on_leave'))
      .thenAnnounces({ type: 'HandoffDeadlineMoved', effect: 'paused', activity: 'on_leave' }));

  it('is moved by no other activity, nor if there is no hand-off', () => {
    givenBy(withDeadlines, ...good)
      .when(did('page_visited'))
      .thenAnnouncesNothing();
    givenBy(withDeadlines, executive).when(did('call_attempted')).thenAnnouncesNothing();
  });
});

describe('retention', () => {
  const endOf = (seen: string, retainMonths: number) =>
    new Date(
      computeRetentionEnd(fadingModel({ retainMonths }), {
        ...noFacts,
        seen: Date.parse(seen),
        clock: Date.parse('2030-01-01'),
      }) ?? Number.NaN,
    ).toISOString();

  it('counts calendar months from what was heard last, to the last day of a short one', () => {
    expect(endOf('2026-03-01T09:00:00Z', 6)).toBe('2026-09-01T09:00:00.000Z');
    expect(endOf('2026-08-31T09:00:00Z', 6)).toBe('2027-02-28T09:00:00.000Z');
    expect(endOf('2028-02-29T00:00:00Z', 12)).toBe('2029-02-28T00:00:00.000Z');
    expect(endOf('2026-12-31T23:59:59.999Z', 1)).toBe('2027-01-31T23:59:59.999Z');
  });

  it('has no end without a policy', () =>
    expect(computeRetentionEnd(model, { ...noFacts, seen: 1 })).toBeUndefined());

  it('never ends for a lead of which nothing was heard, as after a merge of unknown leads', () =>
    expect(computeRetentionEnd(fadingModel({ retainMonths: 1 }), noFacts)).toBeUndefined());
});
