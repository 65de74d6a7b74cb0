import { describe, expect, it } from 'vitest';
import { buildRecords } from '../../../cli/report/records.ts';
import { formatReport } from '../../../cli/report/text/format-report.ts';
import type { Handoff } from '../../../shared/follow-ups/index.ts';
import { observeDeadlines } from '../../../shared/report/observe-deadlines.ts';
import type { LeadItem } from '../../../shared/report/read-leads.ts';
import { onDay, reportOnItems } from './lead-history.ts';

/** The instant of the report. */
const now = Date.parse('2026-03-05T00:00:00.000Z');
const dueAt = '2026-03-02T09:00:00.000Z';
const before = '2026-03-02T08:00:00.000Z';
const after = '2026-03-03T08:00:00.000Z';

const handoff = (more: Partial<Handoff> = {}): Handoff => ({
  handoffId: 'h-1',
  leadId: 'l-1',
  status: 'open',
  queue: 'sales',
  tier: 'good',
  dueAt,
  ...more,
});
const miss = (queue: string, at: string) => ({ queue, dueAt: at, followedBy: 'pass' as const });
const observe = (more: Partial<Handoff>, at = now): string[] =>
  observeDeadlines(handoff(more), at).map((seen) =>
    seen.kind === 'deadline' ? `${seen.queue} ${seen.isKept ? 'kept' : 'missed'}` : seen.kind,
  );

describe('the deadline of a hand-off', () => {
  it.each<[string, Partial<Handoff>, string[]]>([
    ['is kept by an answer in time', { status: 'accepted', answeredAt: before }, ['sales kept']],
    ['is kept by an answer at its instant', { status: 'rejected', answeredAt: dueAt }, ['sales kept']],
    ['is missed by a late answer', { status: 'accepted', answeredAt: after }, ['sales missed']],
    ['is missed without an answer, recorded or not', {}, ['sales missed']],
    ['is missed once if it is recorded', { missed: [miss('sales', dueAt)] }, ['sales missed']],
    [
      'is missed once if a late answer came to the last one',
      { status: 'accepted', answeredAt: after, missed: [miss('sales', dueAt)] },
      ['sales missed'],
    ],
    ['is neither before it passes', { dueAt: '2026-03-09T00:00:00.000Z' }, []],
    ['is neither if the hand-off was withdrawn before', { status: 'withdrawn', withdrawnAt: before }, []],
    [
      'is missed if the hand-off was withdrawn after',
      { status: 'withdrawn', withdrawnAt: after },
      ['sales missed'],
    ],
    [
      'counts for each queue that had the hand-off',
      {
        status: 'accepted',
        queue: 'backup',
        dueAt: after,
        answeredAt: '2026-03-02T10:00:00.000Z',
        missed: [miss('sales', dueAt)],
      },
      ['sales missed', 'backup kept'],
    ],
    ['of an erased lead does not count', { status: 'erased', tier: undefined } as never, []],
    ['that was requested elsewhere does not count', { queue: undefined, status: 'accepted' } as never, []],
  ])('%s', (_, more, seen) => expect(observe(more)).toEqual(seen));

  it('that stands still is kept by an answer', () => {
    const { dueAt: _, ...standing } = handoff({ pausedAt: before, status: 'accepted', answeredAt: after });
    expect(observeDeadlines(standing, now)).toMatchObject([{ isKept: true }]);
    expect(
      observeDeadlines({ ...standing, status: 'open', answeredAt: '2027-01-01T00:00:00.000Z' }, now),
    ).toEqual([]);
  });

  it('counts as of the instant of the report: what came later had not happened', () => {
    const late = {
      status: 'accepted',
      answeredAt: after,
      missed: [miss('sales', dueAt)],
      queue: 'backup',
      dueAt: after,
    };
    expect(observe(late, Date.parse(before))).toEqual([]);
    expect(observe(late, Date.parse('2026-03-02T12:00:00.000Z'))).toEqual(['sales missed']);
  });
});

describe('the section of deadlines', () => {
  const items = [
    handoff({ status: 'accepted', answeredAt: before }),
    handoff({ tier: 'excellent' }),
    handoff({ queue: 'field', tier: 'risky' }),
    ...Array.from({ length: 4 }, () => handoff({ status: 'rejected', answeredAt: before })),
  ].map((one, i): LeadItem => ({ kind: 'handoff', leadId: `l-${i}`, handoff: { ...one, leadId: `l-${i}` } }));
  const report = () => reportOnItems(items, { now: onDay(10_000) });

  it('counts kept and missed ones by queue and tier', async () => {
    const { deadlines } = await report();
    expect(deadlines.all).toEqual({ kept: 5, missed: 2, keptShare: 5 / 7 });
    expect(deadlines.byQueue).toMatchObject([
      { queue: 'field', all: { kept: 0, missed: 1, keptShare: 0 } },
      {
        queue: 'sales',
        byTier: {
          excellent: { kept: 0, missed: 1 },
          good: { kept: 5, missed: 0 },
          none: { keptShare: null },
        },
      },
    ]);
  });

  it('is a table for people, without tiers that had none', async () => {
    const lines = formatReport(await report()).map((line) => JSON.stringify(line));
    const text = lines.join('\n');
    expect(text).toContain('Of 7 deadlines of hand-offs 5 were kept (71 %), 2 missed.');
    expect(text).toContain('["sales","good",5,0,"100 %"]');
    expect(text).toContain('["sales","all",5,1,"83 %"]');
    expect(text).not.toContain('["sales","risky"');
  });

  it('has a row for each figure', async () => {
    const rows = buildRecords(await report()).filter(({ section }) => section === 'deadlines');
    expect(rows).toContainEqual({
      section: 'deadlines',
      item: 'sales',
      tier: 'good',
      measure: 'kept',
      value: 5,
    });
    expect(rows).toContainEqual({ section: 'deadlines', measure: 'missed', value: 2 });
  });
});
