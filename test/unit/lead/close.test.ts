import { describe, expect, it } from 'vitest';
import {
  decideAll,
  type ErasedLead,
  erase,
  evolve,
  type LeadState,
  type LedgerEnd,
  type Merging,
  merge,
  redact,
  type SignalEvent,
  type Subject,
} from '../../../shared/lead/index.ts';
import { noFacts } from '../../../shared/scoring/index.ts';
import { buildSignal, leadEvent } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const model = compileDocument(smallDocument());
const head = 'the hash of the last entry';

const did = (leadId: string, activity: string, at?: string): SignalEvent =>
  buildSignal({
    type: 'LeadActivityRecorded',
    data: { leadId, activity },
    id: `${leadId}-${activity}`,
    ...(at !== undefined && { at }),
  });
const executive = (leadId: string): SignalEvent =>
  buildSignal({ type: 'LeadProfileUpdated', data: { leadId, attributes: { seniority: 'executive' } } });

const open = (leadId: string, ...events: [SignalEvent, ...SignalEvent[]]) => ({
  leadId,
  before: { ...decideAll(model, undefined, events, 0).state, version: 3, head },
});
const unknown = (leadId: string) => ({ leadId, before: undefined });
const gone = (leadId: string): Subject<ErasedLead> & { before: ErasedLead & LedgerEnd } => ({
  leadId,
  before: { leadId, version: 5, status: 'erased', head },
});

const merging = (leadId = 's', mergedLeadId = 'm'): Merging =>
  leadEvent({
    type: 'LeadsMerged',
    data: { leadId, mergedLeadId },
    at: '2026-04-01T00:00:00.000Z',
    id: 'merge',
  });
const erasure = leadEvent({ type: 'LeadErasureRequested', data: { leadId: 's' }, id: 'erase' });

describe('merging two leads', () => {
  const survivor = open('s', did('s', 'demo_requested'));
  const merged = open('m', executive('m'), did('m', 'page_visited', '2026-03-09T00:00:00.000Z'));

  it("judges the survivor by the facts of both, and records the merged lead's in its entry", () => {
    const { survivor: commit } = merge(model, survivor, merged, merging(), 0);
    const ofBoth = [executive('s'), did('s', 'page_visited', '2026-03-09T00:00:00.000Z')];
    expect(commit).toMatchObject({
      leadId: 's',
      basedOn: { version: 3, head },
      state: {
        leadId: 's',
        version: 4,
        facts: ofBoth.reduce(evolve, survivor.before.facts),
        stage: 'mql',
        tier: 'good',
      },
      entries: [
        {
          kind: 'decided',
          event: { ...merging(), merged: merged.before.facts },
          other: 'm',
          decided: { actionChanged: true, changes: [{ type: 'LeadTierChanged', from: 'none', to: 'good' }] },
        },
      ],
    });
    expect(commit.entries).toHaveLength(1);
  });

  it('closes the merged lead, of which only the redirection is left', () => {
    expect(merge(model, survivor, merged, merging(), 0).merged).toEqual({
      leadId: 'm',
      basedOn: { version: 3, head },
      state: { leadId: 'm', version: 4, status: 'merged', mergedInto: 's' },
      entries: [
        {
          kind: 'closing',
          event: merging(),
          change: { type: 'LeadRedirected', mergedInto: 's' },
          other: 's',
        },
      ],
      committedAt: 0,
    });
  });

  it('moves the clock of the survivor to the latest instant that either has seen, not to the merge', () => {
    const { state } = merge(model, survivor, merged, merging(), 0).survivor;
    expect((state as LeadState).facts.seen).toBe(Date.parse('2026-03-09'));
  });

  it('announces nothing about the survivor if the merged lead adds nothing that counts', () => {
    const same = open('m', did('m', 'content_downloaded', '2026-02-01T00:00:00.000Z'));
    expect(merge(model, survivor, same, merging(), 0).survivor.entries).toMatchObject([
      { decided: { actionChanged: false, changes: [] } },
    ]);
  });

  it('does not change what it was given', () => {
    const before = structuredClone([survivor, merged]);
    merge(model, survivor, merged, merging(), 0);
    expect([survivor, merged]).toEqual(before);
  });

  it('redirects a lead of which nothing is known yet, so that its later events find the survivor', () => {
    const commits = merge(model, survivor, unknown('m'), merging(), 0);
    expect((commits.survivor.state as LeadState).facts).toEqual(survivor.before.facts);
    expect(commits.survivor.entries[0]?.event).not.toHaveProperty('merged');
    expect(commits.merged).toMatchObject({
      basedOn: { version: 0, head: '' },
      state: { leadId: 'm', version: 1, status: 'merged', mergedInto: 's' },
    });
  });

  it('gives all facts to a survivor that is new', () => {
    const commits = merge(model, unknown('s'), merged, merging(), 0);
    expect(commits.survivor).toMatchObject({
      leadId: 's',
      basedOn: { version: 0, head: '' },
      state: { leadId: 's', version: 1, facts: merged.before.facts },
    });
    expect(commits.survivor.entries).toMatchObject([
      { decided: { changes: [{ type: 'LeadStageTransitioned', from: null }, { type: 'LeadTierChanged' }] } },
    ]);
    expect(commits.merged?.state).toMatchObject({ status: 'merged' });
  });

  it('makes one lead of two unknown ones', () => {
    const commits = merge(model, unknown('s'), unknown('m'), merging(), 0);
    expect(commits.survivor.state).toMatchObject({ leadId: 's', version: 1, facts: noFacts });
    expect(commits.merged?.state).toMatchObject({ leadId: 'm', version: 1, status: 'merged' });
  });

  it('names the lead at the end of the redirections, whichever the event names', () => {
    const commits = merge(model, survivor, merged, merging('was-merged', 'was-merged-too'), 0);
    expect(commits.survivor).toMatchObject({
      leadId: 's',
      state: { leadId: 's' },
      entries: [{ other: 'm' }],
    });
    expect(commits.merged).toMatchObject({
      leadId: 'm',
      state: { mergedInto: 's' },
      entries: [{ other: 's' }],
    });
  });

  it('that are already one records the event, and changes and closes nothing', () => {
    const commits = merge(model, survivor, survivor, merging(), 0);
    expect(commits).not.toHaveProperty('merged');
    expect(commits.survivor).toMatchObject({
      state: { version: 4, facts: survivor.before.facts },
      entries: [{ kind: 'decided', decided: { changes: [] } }],
    });
    expect(commits.survivor.entries[0]).not.toHaveProperty('other');
    expect(commits.survivor.entries[0]?.event).not.toHaveProperty('merged');
  });
});

describe('erasing a lead', () => {
  it('leaves only a tombstone, and announces it', () => {
    expect(erase(open('s', executive('s')), erasure, 0)).toEqual({
      leadId: 's',
      basedOn: { version: 3, head },
      state: { leadId: 's', version: 4, status: 'erased' },
      entries: [{ kind: 'closing', event: erasure, change: { type: 'LeadErased', cause: 'request' } }],
      committedAt: 0,
    });
  });

  it('also closes a lead of which nothing is known yet', () => {
    expect(erase(unknown('s'), erasure, 0)).toMatchObject({
      basedOn: { version: 0, head: '' },
      state: { leadId: 's', version: 1, status: 'erased' },
    });
  });
});

describe('an event for an erased lead', () => {
  it('is recorded without its content, and the lead stays erased', () => {
    const events = [did('s', 'page_visited'), did('s', 'demo_requested'), erasure];
    expect(redact(gone('s').before, events, 0)).toEqual({
      leadId: 's',
      basedOn: { version: 5, head },
      state: { leadId: 's', version: 6, status: 'erased' },
      entries: events.map((event) => ({ kind: 'redacted', event })),
      committedAt: 0,
    });
  });
});
