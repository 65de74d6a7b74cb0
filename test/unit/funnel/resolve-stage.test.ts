import { describe, expect, it } from 'vitest';
import { classifyTransition, resolveStage } from '../../../shared/funnel/index.ts';
import { evolve } from '../../../shared/lead/index.ts';
import { noFacts } from '../../../shared/scoring/index.ts';
import { buildSignal, type EventInput } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const model = compileDocument(smallDocument()).document;
const onDay = (day: number) => `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`;
const did = (activity: string, day: number): EventInput => ({
  type: 'LeadActivityRecorded',
  data: { activity },
  at: onDay(day),
});
const stated = (stage: string, day: number, more = {}): EventInput => ({
  type: 'LeadStageChanged',
  data: { stage, ...more },
  at: onDay(day),
});
const named = (handoffId: string | null) => (handoffId === null ? {} : { handoffId });
const accepted = (day: number, handoffId: string | null = 'h-1'): EventInput => ({
  type: 'HandoffAccepted',
  data: { ...named(handoffId), actor: 'ann' },
  at: onDay(day),
});
const rejected = (day: number, handoffId: string | null = 'h-1'): EventInput => ({
  type: 'HandoffRejected',
  data: { ...named(handoffId), actor: 'ann', reason: 'no project' },
  at: onDay(day),
});
const ended = (outcome: string, day: number, dealId?: string): EventInput => ({
  type: 'LeadOutcomeRecorded',
  data: { outcome, ...(dealId !== undefined && { dealId }) },
  at: onDay(day),
});
const opened = (dealId: string, day: number, stage = 'opportunity'): EventInput =>
  stated(stage, day, { dealId });
const resolvePlacement = (...events: EventInput[]) =>
  resolveStage(
    events.reduce((facts, event) => evolve(facts, buildSignal(event)), noFacts),
    model,
  );

/** Returns the events in every order. */
const listOrders = (events: readonly EventInput[]): EventInput[][] =>
  events.length === 0
    ? [[]]
    : events.flatMap((first, i) =>
        listOrders(events.toSpliced(i, 1)).map((rest): EventInput[] => [first, ...rest]),
      );

/** A case: what it shows, the events, and the stage with its trigger. */
type Row = readonly [what: string, events: EventInput[], stage: string, trigger: string];

const checkEveryOrder = (events: EventInput[], stage: string, trigger: string): void => {
  for (const order of listOrders(events)) {
    const found = resolvePlacement(...order);
    expect({ stage: found.stage, trigger: found.trigger }).toEqual({ stage, trigger });
    expect(found.recycled).toBe(trigger === 'lost' || trigger === 'handoff-rejected');
  }
};

describe('the stage of a lead', () => {
  it.each<[string, EventInput[], string, string]>([
    ['begins as subscriber', [did('page_visited', 1)], 'subscriber', 'first-seen'],
    ['rises to lead by a content form', [did('content_downloaded', 1)], 'lead', 'activity'],
    ['rises to mql by a demo booking, skipping lead', [did('demo_requested', 1)], 'mql', 'activity'],
    [
      'rises to sql by an accepted hand-off',
      [did('demo_requested', 1), accepted(2)],
      'sql',
      'handoff-accepted',
    ],
    ['rises to customer by a win', [did('demo_requested', 1), ended('won', 2)], 'customer', 'won'],
    [
      'is the one that the CRM states, whatever the stage was',
      [did('demo_requested', 1), stated('subscriber', 2)],
      'subscriber',
      'stated',
    ],
    ['is the latest that the CRM states', [stated('sql', 3), stated('opportunity', 2)], 'sql', 'stated'],
    [
      'is not lowered by a promotion',
      [stated('opportunity', 1), did('demo_requested', 2)],
      'opportunity',
      'stated',
    ],
    [
      'is not raised by events before it was stated',
      [did('demo_requested', 1), stated('lead', 2)],
      'lead',
      'stated',
    ],
    ['is raised again by later events', [stated('lead', 1), did('demo_requested', 2)], 'mql', 'activity'],
    ['goes back when sales rejects', [did('demo_requested', 1), rejected(2)], 'lead', 'handoff-rejected'],
    ['rises again after a rejection', [rejected(2), did('demo_requested', 3)], 'mql', 'activity'],
    ['goes back when a deal is lost', [stated('opportunity', 1), ended('lost', 2)], 'lead', 'lost'],
    ['stays customer after a renewal', [ended('won', 1), ended('renewed', 2)], 'customer', 'won'],
  ])('%s', (_, events, stage, trigger) => {
    expect(resolvePlacement(...events)).toMatchObject({ stage, trigger });
    expect(resolvePlacement(...events.toReversed())).toMatchObject({ stage, trigger });
  });

  it('is recycled after a rejection, with its reason, until an event moves it on', () => {
    expect(resolvePlacement(did('demo_requested', 1), rejected(2))).toMatchObject({
      recycled: true,
      reason: 'no project',
      actor: 'ann',
    });
    expect(resolvePlacement(rejected(2), did('demo_requested', 3)).recycled).toBe(false);
    expect(resolvePlacement(rejected(2), stated('lead', 3)).recycled).toBe(false);
  });
});

describe('a customer', () => {
  it.each<Row>([
    ['stays one when another deal is lost', [ended('won', 1), ended('lost', 2)], 'customer', 'won'],
    [
      'stays one when a deal that is named is lost',
      [ended('won', 1, 'd-1'), opened('d-2', 2), ended('lost', 3, 'd-2')],
      'customer',
      'won',
    ],
    ['is one that was lost before', [ended('lost', 1), ended('won', 2)], 'customer', 'won'],
    ['is one that was won and lost on one day', [ended('lost', 1), ended('won', 1)], 'customer', 'won'],
    [
      'stays one when an upsell is rejected',
      [ended('won', 1), did('demo_requested', 2), rejected(3)],
      'customer',
      'won',
    ],
    [
      'stays one when an upsell is rejected without naming the hand-off',
      [ended('won', 1), rejected(3, null)],
      'customer',
      'won',
    ],
    [
      'stays one if it was only stated',
      [stated('customer', 1), ended('lost', 2), rejected(3)],
      'customer',
      'stated',
    ],
    [
      'stays one whatever stage another deal comes to',
      [ended('won', 1), opened('d-2', 2), opened('d-2', 3, 'sql')],
      'customer',
      'won',
    ],
    [
      'stays one if the deal that was won is said to be lost: a mistake is corrected by stating the stage',
      [ended('won', 1, 'd-1'), ended('lost', 2, 'd-1')],
      'customer',
      'won',
    ],
    ['is one who renews', [stated('opportunity', 1), ended('renewed', 2)], 'customer', 'renewed'],
    ['is one who expands, and stays one', [ended('expanded', 1), ended('lost', 2)], 'customer', 'expanded'],
    ['is not who gives a reference', [ended('referenced', 1)], 'subscriber', 'first-seen'],
    ['is not who has ended', [ended('churned', 1)], 'subscriber', 'first-seen'],
    [
      'is one by a deal that brings it there',
      [opened('d-1', 1, 'customer'), opened('d-2', 2), ended('lost', 3, 'd-2')],
      'customer',
      'stated',
    ],
    ['is none any more if the CRM says so later', [ended('won', 1), stated('lead', 2)], 'lead', 'stated'],
    [
      'is given back like anybody else after that',
      [ended('won', 1), stated('lead', 2), did('demo_requested', 3), rejected(4)],
      'lead',
      'handoff-rejected',
    ],
    [
      'is never given back by a lost deal, not even after that',
      [ended('won', 1), stated('opportunity', 2), ended('lost', 3)],
      'opportunity',
      'stated',
    ],
    [
      'is one again who renews after that',
      [ended('won', 1), stated('lead', 2), ended('renewed', 3)],
      'customer',
      'renewed',
    ],
  ])('%s', (_, events, stage, trigger) => checkEveryOrder(events, stage, trigger));
});

describe('a lead with several deals', () => {
  it.each<Row>([
    [
      'stays where it is while one is open',
      [opened('d-1', 1), opened('d-2', 2), ended('lost', 3, 'd-2')],
      'opportunity',
      'stated',
    ],
    [
      'is recycled when all are lost',
      [opened('d-1', 1), ended('lost', 2, 'd-1'), opened('d-2', 3), ended('lost', 4, 'd-2')],
      'lead',
      'lost',
    ],
    [
      'is recycled when the one that was open longest is lost',
      [opened('d-1', 1), opened('d-2', 2), ended('lost', 3, 'd-2'), ended('lost', 4, 'd-1')],
      'lead',
      'lost',
    ],
    [
      'is not recycled by a loss without a name while a deal is open',
      [opened('d-1', 1), ended('lost', 2)],
      'opportunity',
      'stated',
    ],
    [
      'is recycled by a loss without a name if no deal is open',
      [opened('d-1', 1), ended('lost', 2, 'd-1'), stated('opportunity', 3), ended('lost', 4)],
      'lead',
      'lost',
    ],
    [
      'is recycled by the loss of the first deal that is named',
      [stated('opportunity', 1), ended('lost', 2, 'd-1')],
      'lead',
      'lost',
    ],
    [
      'is recycled by a deal that was opened and lost on one day',
      [opened('d-1', 1), ended('lost', 1, 'd-1')],
      'lead',
      'lost',
    ],
    [
      'is back when a lost deal is opened again',
      [opened('d-1', 1), ended('lost', 2, 'd-1'), opened('d-1', 3)],
      'opportunity',
      'stated',
    ],
    [
      'is back when it does something that promotes it',
      [opened('d-1', 1), ended('lost', 2, 'd-1'), did('demo_requested', 3)],
      'mql',
      'activity',
    ],
    [
      'is at the stage that the CRM states of the lead itself, if that is later',
      [opened('d-1', 1), stated('mql', 2)],
      'mql',
      'stated',
    ],
    ['knows deals by any name', [opened('__proto__', 1), ended('lost', 2, 'd-1')], 'opportunity', 'stated'],
  ])('%s', (_, events, stage, trigger) => checkEveryOrder(events, stage, trigger));
});

describe('a verdict', () => {
  it.each<Row>([
    [
      'that is sent again later changes nothing',
      [did('demo_requested', 1), rejected(2), did('demo_requested', 3), rejected(4)],
      'mql',
      'activity',
    ],
    [
      'on another hand-off counts',
      [rejected(2), did('demo_requested', 3), rejected(4, 'h-2')],
      'lead',
      'handoff-rejected',
    ],
    [
      'that rejects what was accepted before does not count',
      [accepted(1), rejected(2)],
      'sql',
      'handoff-accepted',
    ],
    [
      'that accepts what was rejected before does not count',
      [rejected(1), accepted(2)],
      'lead',
      'handoff-rejected',
    ],
    ['of one instant is the acceptance', [rejected(1), accepted(1)], 'sql', 'handoff-accepted'],
    [
      'without a hand-off counts whenever it is given',
      [rejected(1, null), did('demo_requested', 2), rejected(3, null)],
      'lead',
      'handoff-rejected',
    ],
    [
      'without a hand-off counts beside one that has it',
      [rejected(1), did('demo_requested', 2), accepted(3, null)],
      'sql',
      'handoff-accepted',
    ],
    [
      'knows hand-offs by any name',
      [rejected(1, '__proto__'), accepted(2, '__proto__')],
      'lead',
      'handoff-rejected',
    ],
  ])('%s', (_, events, stage, trigger) => checkEveryOrder(events, stage, trigger));

  it('of one instant on two hand-offs has the same source in either order', () => {
    const by = (actor: string, handoffId: string): EventInput => ({
      type: 'HandoffRejected',
      data: { handoffId, actor },
      at: onDay(1),
    });
    for (const order of listOrders([by('ann', 'h-1'), by('bob', 'h-2'), by('cy', 'h-0')]))
      expect(resolvePlacement(...order).actor).toBe('bob');
  });
});

describe('stages that are stated for one instant', () => {
  it.each([
    [['lead', 'mql', 'sql', 'opportunity'], 'opportunity'],
    [['lead', 'opportunity', 'customer'], 'customer'],
    [['sql', 'customer'], 'customer'],
    [['subscriber', 'mql'], 'mql'],
  ])('%o: the furthest along counts', (given, stage) => {
    checkEveryOrder(
      given.map((one) => stated(one, 1)),
      stage,
      'stated',
    );
  });

  it('count by the funnel whoever states them, the lead itself or a deal', () => {
    checkEveryOrder([stated('mql', 1), opened('d-1', 1)], 'opportunity', 'stated');
    checkEveryOrder([stated('opportunity', 1), opened('d-1', 1, 'sql')], 'opportunity', 'stated');
  });

  it('are those of the latest instant, also if it goes back', () => {
    checkEveryOrder([stated('customer', 1), stated('mql', 2), stated('lead', 2)], 'mql', 'stated');
  });
});

describe('a transition', () => {
  it.each([
    [undefined, 'mql', 'entered'],
    ['subscriber', 'lead', 'advanced'],
    ['subscriber', 'mql', 'skipped'],
    ['opportunity', 'lead', 'went-back'],
    ['mql', 'mql', 'stayed'],
  ] as const)('from %s to %s is marked as %s', (from, to, kind) => {
    expect(classifyTransition(from, to)).toBe(kind);
  });
});
