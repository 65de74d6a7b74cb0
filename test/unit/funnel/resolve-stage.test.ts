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
const accepted = (day: number): EventInput => ({
  type: 'HandoffAccepted',
  data: { handoffId: 'h-1', actor: 'ann' },
  at: onDay(day),
});
const rejected = (day: number): EventInput => ({
  type: 'HandoffRejected',
  data: { handoffId: 'h-1', actor: 'ann', reason: 'no project' },
  at: onDay(day),
});
const ended = (outcome: string, day: number): EventInput => ({
  type: 'LeadOutcomeRecorded',
  data: { outcome },
  at: onDay(day),
});
const resolvePlacement = (...events: EventInput[]) =>
  resolveStage(
    events.reduce((facts, event) => evolve(facts, buildSignal(event)), noFacts),
    model,
  );

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
