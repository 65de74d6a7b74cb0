import { describe, expect, it } from 'vitest';
import type { InboundType } from '../../../events/index.ts';
import { collectLead, compareEnd, type LeadEnd } from '../../../shared/comparison/index.ts';
import { leadEvent } from '../../support/events.ts';
import { fadingModel, fallsAt } from '../../support/fading.ts';
import { smallModel } from './models.ts';

let next = 0;
const event = (type: InboundType, data: Record<string, unknown>, day: string) =>
  leadEvent({ type, data, at: `${day}T00:00:00.000Z`, id: `e-${next++}` });
const executive = (day: string) =>
  event('LeadProfileUpdated', { attributes: { seniority: 'executive' } }, day);
const ended = (outcome: string, day: string) => event('LeadOutcomeRecorded', { outcome }, day);

const at = Date.parse('2026-04-01');
const collect = (...events: readonly ReturnType<typeof event>[]) => collectLead(events, at);
const endOf = (...events: readonly ReturnType<typeof event>[]): LeadEnd | undefined => {
  const lead = collect(...events);
  return lead.kind === 'open' ? lead.end : undefined;
};

describe('what events say of a lead', () => {
  it('leaves out what happened after the instant', () => {
    const lead = collect(executive('2026-03-01'), ended('won', '2026-04-02'));
    expect(lead).toMatchObject({ kind: 'open', facts: { outcomes: {} }, end: undefined });
    expect(collect(executive('2026-04-02'))).toEqual({ kind: 'unknown' });
  });

  it('is nothing of a lead that was erased, also later', () => {
    expect(collect(executive('2026-03-01'), event('LeadErasureRequested', {}, '2026-05-01'))).toEqual({
      kind: 'erased',
    });
  });

  it('follows a chain of many merges', () => {
    const merges = Array.from({ length: 15_000 }, (_, i) =>
      event('LeadsMerged', { leadId: `m-${i + 1}`, mergedLeadId: `m-${i}` }, '2026-03-02'),
    );
    const last = event('LeadsMerged', { leadId: 'm-0', mergedLeadId: 'other' }, '2026-03-03');
    expect(collect(...merges, last)).toMatchObject({ kind: 'open' });
  });

  it('has the facts of leads that were merged, in whatever order the events are', () => {
    const merge = event('LeadsMerged', { leadId: 'l-1', mergedLeadId: 'l-2' }, '2026-03-02');
    const other = event(
      'LeadProfileUpdated',
      { leadId: 'l-2', attributes: { region: 'north' } },
      '2026-03-03',
    );
    for (const events of [
      [merge, other, executive('2026-03-01')],
      [executive('2026-03-01'), other, merge],
    ])
      expect(collect(...events)).toMatchObject({
        facts: {
          attributes: {
            seniority: ['executive', Date.parse('2026-03-01')],
            region: ['north', Date.parse('2026-03-03')],
          },
        },
      });
  });
});

describe('the end of a lead', () => {
  it('is the first deal that was won or lost, with what was known strictly before', () => {
    const end = endOf(
      ended('won', '2026-03-20'),
      executive('2026-03-01'),
      ended('lost', '2026-03-10'),
      event('LeadProfileUpdated', { attributes: { region: 'north' } }, '2026-03-10'),
    );
    expect(end).toMatchObject({ outcome: 'lost', at: Date.parse('2026-03-10') });
    expect(Object.keys(end?.facts?.attributes ?? {})).toEqual(['seniority']);
    expect(end?.facts?.outcomes).toEqual({});
  });

  it('is a win when the CRM calls the lead a customer', () => {
    const end = endOf(
      executive('2026-03-01'),
      event('LeadStageChanged', { stage: 'customer' }, '2026-03-05'),
      ended('won', '2026-03-06'),
    );
    expect(end).toMatchObject({ outcome: 'won', at: Date.parse('2026-03-05') });
    expect(end?.facts?.stated).toBeUndefined();
  });

  it('has no facts if nothing was known before, and is in no tier', () => {
    const end = endOf(executive('2026-03-10'), ended('won', '2026-03-10'));
    expect(end).toMatchObject({ outcome: 'won', facts: undefined });
    const models = { a: smallModel(), b: smallModel() };
    expect(compareEnd(models, end as LeadEnd)).toEqual({ outcome: 'won', tiers: undefined });
  });

  it('is judged as of the moment before: what changes by time at the end itself comes too late', () => {
    const day = '2026-03-01';
    const lead = collect(
      executive(day),
      event('LeadActivityRecorded', { activity: 'demo_requested', count: 1 }, day),
      event('LeadActivityRecorded', { activity: 'page_visited', count: 4 }, day),
    );
    const facts = lead.kind === 'open' ? lead.facts : undefined;
    const models = { a: fadingModel(), b: fadingModel() };
    const tierAt = (at: number) => compareEnd(models, { outcome: 'won', at, facts }).tiers?.a;
    const falls = Date.parse(fallsAt);
    expect([tierAt(falls), tierAt(falls + 1)]).toEqual(['good', 'risky']);
  });

  it('is judged by what was known then, so that the win itself gives no tier', () => {
    const end = endOf(
      event('LeadActivityRecorded', { activity: 'content_downloaded' }, '2026-03-01'),
      executive('2026-03-20'),
      ended('won', '2026-03-10'),
    );
    const models = { a: smallModel(), b: smallModel() };
    expect(compareEnd(models, end as LeadEnd).tiers).toEqual({ a: 'none', b: 'none' });
  });
});
