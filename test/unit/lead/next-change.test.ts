import { describe, expect, it } from 'vitest';
import { decide, findNextChange, judge, type LeadState } from '../../../shared/lead/index.ts';
import type { ScoringModel } from '../../../shared/scoring/index.ts';
import { buildSignal } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const at = '2026-03-02T09:30:00.000Z';
/** The hour of the events. */
const start = Date.parse('2026-03-02T09:00:00.000Z');
const today = Date.parse('2026-03-02T00:00:00.000Z');

const demo = { id: 'demo', text: 'asked for a demo', when: { activity: 'demo_requested' } };

interface Sections {
  readonly base?: number;
  readonly hysteresis?: number;
  readonly disqualifiers?: readonly object[];
  readonly policy?: object;
}

/** Makes every tier one that some lead can reach; none of the leads here has it. */
const trial = { id: 'trial', text: 'started a trial', when: { activity: 'trial_started' }, points: 100 };

/** Returns a model that scores interest alone. */
const modelWith = (
  criteria: readonly object[],
  { base = 0, hysteresis = 0, ...sections }: Sections = {},
): ScoringModel => {
  const document = smallDocument();
  const { fit } = document.dimensions;
  const stages = ['subscriber', 'lead', 'mql', 'sql', 'opportunity'];
  return compileDocument({
    ...document,
    dimensions: { interest: { title: 'Interest', base, criteria: [...criteria, trial] }, fit },
    scorecards: Object.fromEntries(stages.map((stage) => [stage, { interest: 1 }])),
    tiers: { ...document.tiers, hysteresis },
    ...sections,
  });
};

const leadAfter = (model: ScoringModel, ...activities: readonly string[]): LeadState => {
  const state = activities.reduce<LeadState | undefined>((before, activity, i) => {
    const signal = buildSignal({ type: 'LeadActivityRecorded', data: { activity }, at, id: `e-${i}` });
    return decide(model, before, signal).state;
  }, undefined);
  if (state === undefined) throw new Error('no activities');
  return state;
};

describe('the next change of a lead', () => {
  const halved = { ...demo, points: 80, decay: { halfLifeDays: 14 } };

  it('is the hour at which decay takes the score out of its tier', () => {
    const model = modelWith([halved], { hysteresis: 5 });
    const state = leadAfter(model, 'demo_requested');
    const due = findNextChange(model, state) ?? 0;
    const tiersAround = [due - hourMs, due].map(
      (instant) => judge(model, state.facts, state.tier, instant).standing,
    );
    expect(tiersAround).toMatchObject([
      { tier: 'excellent', score: 75.04 },
      { tier: 'good', score: 74.89 },
    ]);
    expect(due % hourMs).toBe(0);
  });

  it('may be a rise, when a penalty fades', () => {
    const penalty = { id: 'left', text: 'left', when: { activity: 'unsubscribed' }, points: -40 };
    const model = modelWith([{ ...penalty, decay: { linearDays: 10 } }], { base: 70 });
    const state = leadAfter(model, 'unsubscribed');
    expect(state.tier).toBe('risky');
    expect(findNextChange(model, state)).toBe(start + 7.5 * dayMs);
  });

  it('is the midnight at which a window ends', () => {
    const model = modelWith([{ ...demo, when: { ...demo.when, withinDays: 30 }, points: 80 }]);
    expect(findNextChange(model, leadAfter(model, 'demo_requested'))).toBe(today + 30 * dayMs);
  });

  it('is none if the score stays in its tier', () => {
    const model = modelWith([{ ...demo, points: 80 }]);
    expect(findNextChange(model, leadAfter(model, 'demo_requested'))).toBeUndefined();
    const above = modelWith([halved], { base: 90 });
    expect(findNextChange(above, leadAfter(above, 'demo_requested'))).toBeUndefined();
  });

  it('is none after the last instant to look at', () => {
    const model = modelWith([{ ...demo, when: { ...demo.when, withinDays: 30 }, points: 80 }]);
    const state = leadAfter(model, 'demo_requested');
    expect(findNextChange(model, state, { until: today + 30 * dayMs - 1 })).toBeUndefined();
    expect(findNextChange(model, state, { until: today + 30 * dayMs })).toBe(today + 30 * dayMs);
  });

  it('is counted from the instant to which time was advanced', () => {
    const model = modelWith([halved]);
    const state = leadAfter(model, 'demo_requested');
    const facts = { ...state.facts, clock: start + 10 * dayMs };
    const later = { ...state, facts, ...judge(model, facts, state.tier).standing };
    expect(later.tier).toBe('risky');
    expect(findNextChange(model, later)).toBe(start + 23.5 * dayMs);
  });

  it('is the end of a disqualification by a window, and no tier before it', () => {
    const recent = { activity: 'unsubscribed', withinDays: 7 };
    const model = modelWith([halved], {
      base: 50,
      disqualifiers: [{ id: 'left', class: 'persona', text: 'left us', when: recent }],
    });
    const state = leadAfter(model, 'demo_requested', 'unsubscribed');
    expect(state.status).toBe('disqualified');
    expect(findNextChange(model, state)).toBe(today + 7 * dayMs);
  });

  it('is a change of the action alone, by a condition of the policy', () => {
    const action = { kind: 'nurture', track: 'hot' };
    const rule = { when: { activity: 'demo_requested', withinDays: 3 }, action };
    const model = modelWith([{ ...demo, points: 10 }], { policy: { rules: [rule] } });
    const state = leadAfter(model, 'demo_requested');
    expect(state.action).toEqual(action);
    expect(findNextChange(model, state)).toBe(today + 3 * dayMs);
  });
});
