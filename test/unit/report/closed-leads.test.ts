import { describe, expect, it } from 'vitest';
import { type Commit, decideAll, erase, merge, type SignalEvent } from '../../../shared/lead/index.ts';
import { type PreparedCommit, parseEntry, parseLead, prepareCommit } from '../../../shared/ledger/index.ts';
import type { LeadItem } from '../../../shared/report/read-leads.ts';
import { leadEvent } from '../../support/events.ts';
import { storedAfter } from '../../support/stored.ts';
import { called, did, ended, graded, reportOnItems, staged } from './lead-history.ts';
import { gradeModel } from './model.ts';

const model = gradeModel();

/** Returns the items of a lead's commits, as a scan yields them. */
const buildCommitItems = (...commits: PreparedCommit[]): LeadItem[] => {
  const entries = commits.flatMap(({ items }) => items.entries.map(parseEntry));
  const state = parseLead((commits.at(-1) as PreparedCommit).items.state);
  return [
    ...entries
      .sort((a, b) => (a.sk < b.sk ? -1 : 1))
      .map((entry): LeadItem => ({ kind: 'entry', leadId: entry.leadId, entry })),
    { kind: 'state', leadId: state.leadId, state },
  ];
};
const decided = (leadId: string, ...events: SignalEvent[]) =>
  prepareCommit(decideAll(model, undefined, called(leadId, events) as [SignalEvent, ...SignalEvent[]], 0));

const on = (day: string) => `2026-${day}T00:00:00.000Z`;

describe('a report on leads that were merged', () => {
  const survivor = decided('l-1', graded(0, 'good'), staged(1, 'sql'));
  const merged = decided('l-2', staged(0, 'lead'), did(1, 'demo_held'), ended(3, 'won'));
  const commits = merge(
    model,
    { leadId: 'l-1', before: storedAfter(survivor) },
    { leadId: 'l-2', before: storedAfter(merged) },
    leadEvent({ type: 'LeadsMerged', data: { mergedLeadId: 'l-2' }, at: on('04-01'), id: 'merge' }),
    0,
  );
  const items = [
    ...buildCommitItems(survivor, prepareCommit(commits.survivor)),
    ...buildCommitItems(merged, prepareCommit(commits.merged as Commit)),
  ];

  it('counts them as one lead, at the stage that follows from both', async () => {
    const { funnel, leftOut } = await reportOnItems(items, { model, now: Date.parse(on('05-01')) });
    expect(funnel.leads).toBe(1);
    expect(funnel.byStage.filter(({ leads }) => leads > 0)).toMatchObject([{ stage: 'customer', leads: 1 }]);
    expect(leftOut).toMatchObject({ leadsBeingWritten: 0, otherModels: [] });
  });

  it('counts what each did, once', async () => {
    const { winRates } = await reportOnItems(items, { model, now: Date.parse(on('05-01')) });
    expect(winRates.all).toMatchObject({ won: 1, lost: 0 });
  });
});

describe('a report on a lead that was erased', () => {
  it('does not count it, also not as one that is being written', async () => {
    const lead = decided('l-1', staged(0, 'sql'), graded(1, 'good'));
    const erasure = leadEvent({ type: 'LeadErasureRequested', data: {}, at: on('04-01'), id: 'erase' });
    const gone = prepareCommit(erase({ leadId: 'l-1', before: storedAfter(lead) }, erasure, 0));
    const { funnel, stuck, leftOut } = await reportOnItems(buildCommitItems(lead, gone), {
      model,
      now: Date.parse(on('12-01')),
    });
    expect(funnel.leads).toBe(0);
    expect(stuck.longest).toEqual([]);
    expect(leftOut.leadsBeingWritten).toBe(0);
  });
});
