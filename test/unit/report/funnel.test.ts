import { describe, expect, it } from 'vitest';
import {
  called,
  did,
  graded,
  isSpam,
  type LeadHistory,
  onDay,
  type ReportOptions,
  reportOn,
  reportOnItems,
  staged,
} from './lead-history.ts';
import { buildLeadItems } from './ledger.ts';
import { gradeModel } from './model.ts';

const reportNow = async (histories: readonly LeadHistory[], options?: ReportOptions) =>
  (await reportOn(histories, options)).funnel.byStage
    .filter(({ leads }) => leads > 0)
    .map(({ stage, leads, byTier }) => [stage, leads, byTier]);
const none = { excellent: 0, good: 0, risky: 0, none: 0 };

describe('a lead is counted', () => {
  it('at its last stage and in its last tier', async () => {
    const histories = [
      [graded(0, 'good'), did(1, 'content_downloaded'), graded(2, 'excellent')],
      [graded(0, 'risky'), staged(1, 'lead')],
      [staged(0, 'sql'), isSpam(1, true)],
    ];
    expect(await reportNow(histories)).toEqual([
      ['lead', 2, { ...none, excellent: 1, risky: 1 }],
      ['sql', 1, { ...none, none: 1 }],
    ]);
  });

  it('where it was at the instant of the report', async () => {
    const history = [graded(0, 'good'), staged(10, 'sql'), graded(20, 'risky')];
    expect(await reportNow([history], { now: onDay(10) })).toEqual([['sql', 1, { ...none, good: 1 }]]);
    expect(await reportNow([history], { now: onDay(9) })).toEqual([['subscriber', 1, { ...none, good: 1 }]]);
  });

  it('nowhere before its first event', async () => {
    expect(await reportNow([[graded(10, 'good')]], { now: onDay(9) })).toEqual([]);
  });

  it('in its tier until the score has fallen by more than the hysteresis', async () => {
    const tiers = { excellent: 80, good: 72, risky: 25, hysteresis: 5 };
    const model = gradeModel({ tiers });
    expect(await reportNow([[graded(0, 'excellent'), graded(1, 'good')]], { model })).toEqual([
      ['subscriber', 1, { ...none, good: 1 }],
    ]);
    expect(await reportNow([[graded(0, 'good')]], { model })).toEqual([
      ['subscriber', 1, { ...none, risky: 1 }],
    ]);
  });

  it('in the tier of its state when recorded tiers are asked for, though the last entry came in before others', async () => {
    const history = [graded(5, 'good'), did(9, 'page_visited'), graded(7, 'risky')];
    expect(await reportNow([history], { tiers: 'recorded' })).toEqual([
      ['subscriber', 1, { ...none, risky: 1 }],
    ]);
  });

  it('in the tier recorded last before the instant of the report, though more has come since', async () => {
    const history = [graded(0, 'good'), graded(20, 'risky')];
    const options = { tiers: 'recorded', now: onDay(10) } as const;
    expect(await reportNow([history], options)).toEqual([['subscriber', 1, { ...none, good: 1 }]]);
  });
});

describe('what is left out', () => {
  it('is nothing if all is well', async () => {
    const { leftOut } = await reportOn([[graded(0, 'good'), graded(1, 'risky')]]);
    expect(leftOut).toEqual({
      leadsBeingWritten: 0,
      eventsAfterNow: 0,
      repeatedOutcomes: 0,
      followUpsWithoutWin: 0,
      rescuesWithoutWin: 0,
      customersWithoutWin: 0,
      otherModels: [],
    });
  });

  const model = gradeModel();
  const one = graded(0, 'good');
  const two = graded(5, 'risky');
  const beingWritten = async (items: Parameters<typeof reportOnItems>[0]) =>
    (await reportOnItems(items)).leftOut.leadsBeingWritten;

  it('counts a lead whose state is ahead of the entries read', async () => {
    const [first, , state] = buildLeadItems(model, [[one], [two]]);
    expect(await beingWritten([first, state].filter((item) => item !== undefined))).toBe(1);
  });

  it('counts a lead whose entries are ahead of the state read, or that has no state', async () => {
    const [first, second] = buildLeadItems(model, [[one], [two]]);
    const [, old] = buildLeadItems(model, [[one]]);
    expect(await beingWritten([first, second, old].filter((item) => item !== undefined))).toBe(1);
    expect(await beingWritten([first].filter((item) => item !== undefined))).toBe(1);
  });

  it('does not count a lead with several entries a commit, whatever their order', async () => {
    expect(await beingWritten(buildLeadItems(model, [[two, one], [graded(3, 'good')]]))).toBe(0);
  });

  it('still counts in the figures the entries of a lead that is being written', async () => {
    const [first, , state] = buildLeadItems(model, [[one], [two]]);
    const { funnel } = await reportOnItems([first, state].filter((item) => item !== undefined));
    expect(funnel.leads).toBe(1);
  });

  it('names the other models that scored leads last', async () => {
    const items = ['2', '3', '2', '1'].flatMap((version, i) =>
      buildLeadItems(gradeModel({ version }), [called(`l-${i}`, [graded(0, 'good')])]),
    );
    expect((await reportOnItems(items)).leftOut.otherModels).toEqual([
      { model: 'grade@2', leads: 2 },
      { model: 'grade@3', leads: 1 },
    ]);
  });

  it('names a hundred models at the most, and counts the rest together', async () => {
    const items = Array.from({ length: 103 }, (_, i) =>
      buildLeadItems(gradeModel({ version: `v${i}` }), [called(`l-${i}`, [graded(0, 'good')])]),
    ).flat();
    const { otherModels } = (await reportOnItems(items)).leftOut;
    expect(otherModels).toHaveLength(101);
    expect(otherModels[0]).toEqual({ model: 'others', leads: 3 });
  });
});
