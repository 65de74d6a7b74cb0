import { describe, expect, it } from 'vitest';
import { computeCanaryLead, dayMs, type InboundType } from '../../../events/index.ts';
import { type LeadEvent, toLeadEvent } from '../../../shared/lead/index.ts';
import {
  type Observed,
  observeLead,
  parseCut,
  parseOutcomeRule,
  type Task,
} from '../../../shared/outcomes/index.ts';
import { type EventInput, leadEvent } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const start = Date.parse('2025-01-01T00:00:00.000Z');
const model = compileDocument(smallDocument());
let ids = 0;

/** Returns an event so many days after the start. */
const on = (day: number, type: InboundType, data: EventInput['data'] = {}): LeadEvent =>
  leadEvent({ type, data, at: new Date(start + day * dayMs).toISOString(), id: `e-${ids++}` });

const says = (day: number, attributes: Record<string, unknown>) =>
  on(day, 'LeadProfileUpdated', { attributes });
const does = (day: number, activity: string) => on(day, 'LeadActivityRecorded', { activity });
const stands = (day: number, stage: string) => on(day, 'LeadStageChanged', { stage });
const ends = (day: number, outcome: string, amount?: number) =>
  on(day, 'LeadOutcomeRecorded', { outcome, ...(amount !== undefined && { amount }) });

const observe = (
  events: readonly LeadEvent[],
  {
    outcome = 'won',
    within = 90,
    cut = 'mql',
    until,
  }: { outcome?: string; within?: number; cut?: string; until?: number } = {},
): Observed => {
  const [rule, parsedCut] = [parseOutcomeRule(outcome), parseCut(cut)];
  if (!rule.ok || !parsedCut.ok) throw new Error('the test has a wrong rule or cut');
  const task: Task = {
    rule: rule.value,
    cut: parsedCut.value,
    withinMs: within * dayMs,
    customerMs: within * dayMs,
    model,
    ...(until !== undefined && { until: start + until * dayMs }),
  };
  return observeLead({ leadId: 'l-1', events }, task);
};

const known = ({ row }: Observed): Record<string, unknown> | undefined =>
  row && Object.fromEntries(Object.entries(row.facts.attributes).map(([name, [value]]) => [name, value]));

describe('a lead at the cut', () => {
  it('is judged at the first instant at which it came to the stage, by the rules of the model', () => {
    const { row } = observe([
      says(0, { seniority: 'executive' }),
      does(5, 'demo_requested'),
      stands(9, 'sql'),
    ]);
    expect(row).toMatchObject({ at: start + 5 * dayMs, stage: 'mql', outcome: false });
  });

  it('is judged where it skipped the stage, when it came to a later one', () => {
    expect(observe([says(0, { size: 1 }), stands(9, 'sql')]).row).toMatchObject({
      at: start + 9 * dayMs,
      stage: 'sql',
    });
  });

  it('has what was said until then and at that instant, and nothing that was said later', () => {
    const observed = observe([
      says(0, { size: 1, industry: 'mining' }),
      stands(5, 'mql'),
      says(5, { country: 'NL' }),
      says(6, { size: 2, revenue: 9 }),
      ends(20, 'won'),
    ]);
    expect(known(observed)).toEqual({ size: 1, industry: 'mining', country: 'NL' });
  });

  it('may be judged days later, and its time is that instant', () => {
    const observed = observe(
      [says(0, { size: 1 }), stands(5, 'mql'), says(8, { size: 2 }), says(40, { size: 3 })],
      {
        cut: 'mql+7d',
      },
    );
    expect(known(observed)).toEqual({ size: 2 });
    expect(observed.row).toMatchObject({ at: start + 12 * dayMs, facts: { clock: start + 12 * dayMs } });
  });

  it('may be judged from its first event', () => {
    expect(observe([says(3, { size: 1 })], { cut: 'created+2d' }).row).toMatchObject({
      at: start + 5 * dayMs,
      stage: 'subscriber',
    });
  });

  it('has the facts of 7 days before, if it was known then', () => {
    const { row } = observe([says(0, { size: 1 }), says(6, { size: 2 }), stands(10, 'mql')]);
    expect(row?.earlierFacts?.attributes.size?.[0]).toBe(1);
    expect(observe([says(4, { size: 1 }), stands(10, 'mql')]).row).not.toHaveProperty('earlierFacts');
  });

  it('is the same whatever the order of its events', () => {
    const events = [
      says(0, { size: 1 }),
      does(1, 'page_visited'),
      stands(5, 'mql'),
      says(5, { size: 3 }),
      ends(9, 'won'),
    ];
    const forward = observe(events);
    expect(JSON.stringify(observe(events.toReversed()))).toBe(JSON.stringify(forward));
  });

  it('has no outcome of the very instant of the cut among its facts', () => {
    const { row } = observe([stands(5, 'mql'), ends(5, 'churned')]);
    expect(row?.facts.outcomes).toEqual({});
    expect(row?.stage).toBe('mql');
  });
});

describe('the outcome of a lead', () => {
  it.each([
    [5.001, true],
    [95, true],
    [95.001, false],
  ])('counts from after the cut to the end of the time: on day %d it is %s', (day, expected) => {
    expect(observe([stands(5, 'mql'), ends(day, 'won')]).row?.outcome).toBe(expected);
  });

  it('may be a rule over all outcomes within the time', () => {
    const rule = { outcome: '(renewed or expanded) and not churned', cut: 'customer', within: 365 };
    const won = [stands(1, 'mql'), ends(10, 'won')];
    expect(observe(won, rule).row).toMatchObject({
      at: start + 10 * dayMs,
      stage: 'customer',
      outcome: false,
    });
    expect(observe([...won, ends(200, 'renewed')], rule).row?.outcome).toBe(true);
    expect(observe([...won, ends(200, 'renewed'), ends(300, 'churned')], rule).row?.outcome).toBe(false);
    expect(observe([...won, ends(200, 'renewed'), ends(400, 'churned')], rule).row?.outcome).toBe(true);
  });

  it('is not seen if it came after the instant as of which the data is taken', () => {
    expect(observe([stands(5, 'mql'), ends(20, 'won')], { until: 10 })).toMatchObject({
      row: { outcome: false },
      lastAt: start + 20 * dayMs,
    });
  });
});

describe('a lead is left out', () => {
  it.each([
    ['never at the stage of the cut', [says(0, { size: 1 })], {}],
    ['outcome before the cut', [stands(5, 'mql'), ends(5, 'won')], {}],
    ['outcome before the cut', [ends(2, 'won'), stands(5, 'customer')], {}],
    ['outcome before the cut', [stands(5, 'mql'), ends(8, 'won')], { cut: 'mql+7d' }],
    ['customer before the cut', [stands(5, 'customer'), ends(50, 'renewed')], { outcome: 'renewed' }],
    ['customer before the cut', [ends(5, 'won'), ends(50, 'renewed')], { outcome: 'renewed' }],
    ['won or lost before the cut', [stands(5, 'mql'), ends(8, 'lost')], { cut: 'mql+7d' }],
    ['won or lost before the cut', [stands(5, 'mql'), ends(5, 'lost')], {}],
    [
      'won or lost before the cut',
      [ends(2, 'won'), stands(4, 'lead'), stands(5, 'mql')],
      { outcome: 'renewed', cut: 'mql+7d' },
    ],
    ['erased', [stands(5, 'mql'), ends(8, 'won'), on(9, 'LeadErasureRequested')], {}],
  ] as const)('%s', (leftOut, events, options) => {
    const observed = observe(events, options);
    expect(observed.leftOut).toBe(leftOut);
    expect(observed).not.toHaveProperty('row');
  });

  it('and not counted if nothing was ever said of it', () => {
    expect(observe([])).toEqual({});
    expect(observe([stands(5, 'mql')], { until: 4 })).toEqual({ lastAt: start + 5 * dayMs });
  });

  it('if it is the canary', () => {
    const leadId = computeCanaryLead(start);
    const task: Task = {
      rule: { kind: 'outcome', outcome: 'won' },
      cut: { from: 'created', plusMs: 0 },
      withinMs: dayMs,
      customerMs: dayMs,
      model,
    };
    expect(observeLead({ leadId, events: [] }, task)).toEqual({ leftOut: 'canary' });
  });
});

describe('what is said later', () => {
  it('is named if it came at the outcome or later and was not known at the cut', () => {
    const { saidLater } = observe([
      says(0, { size: 1 }),
      stands(5, 'mql'),
      says(8, { visits: 3 }),
      ends(20, 'won'),
      says(20, { segment: 'pets', size: 2 }),
      does(21, 'feature_used'),
    ]);
    expect(saidLater).toEqual([
      { kind: 'attribute', name: 'segment' },
      { kind: 'activity', name: 'feature_used' },
    ]);
  });
});

describe('what people decide about a lead', () => {
  it('is followed to its stage and is no field', () => {
    const { row } = observe([
      stands(1, 'lead'),
      on(2, 'HandoffAccepted', { handoffId: 'h-1', actor: 'ann' }),
      toLeadEvent(on(3, 'LeadRescoreRequested', { modelVersion: 'small@1' }) as never),
    ]);
    expect(row).toMatchObject({ stage: 'sql', facts: { attributes: {}, answers: {}, activities: {} } });
  });
});

describe('a customer', () => {
  it('has what came within the time after its win, with its amounts and the time to the first sign of value', () => {
    const { customer } = observe(
      [
        says(0, { size: 1 }),
        ends(10, 'won', 1_000),
        ends(40, 'expanded', 500),
        ends(60, 'renewed'),
        ends(200, 'churned'),
      ],
      { within: 90 },
    );
    expect(customer).toEqual({
      wonAt: start + 10 * dayMs,
      outcomes: ['won', 'expanded', 'renewed'],
      valueMs: 30 * dayMs,
      amount: 1_500,
    });
  });

  it('is nobody who was never won', () => {
    expect(observe([stands(1, 'customer')])).not.toHaveProperty('customer');
  });
});
