import { describe, expect, it } from 'vitest';
import {
  did,
  ended,
  graded,
  isSpam,
  type LeadHistory,
  onDay,
  type ReportOptions,
  reportOn,
  segmented,
  staged,
} from './lead-history.ts';
import { gradeModel } from './model.ts';

const reportStays = async (histories: readonly LeadHistory[], options?: ReportOptions) =>
  (await reportOn(histories, options)).stays;

const lasted = (days: number) => ({ stays: 1, medianDays: days, ninetiethPercentileDays: days });

describe('a stay', () => {
  it('lasts from the event that brought the lead to a stage to the one that takes it on', async () => {
    const history = [did(0, 'page_visited'), did(2, 'content_downloaded'), did(12, 'demo_requested')];
    expect((await reportStays([history])).byStage).toEqual([
      { stage: 'subscriber', ...lasted(2) },
      { stage: 'lead', ...lasted(10) },
    ]);
  });

  it('has not ended while the lead is there', async () => {
    expect((await reportStays([[did(0, 'page_visited'), did(9, 'page_visited')]])).byStage).toEqual([]);
  });

  it('counts for the tier and the lane of the lead just before its end', async () => {
    const history = [
      ...[graded(0, 'risky'), segmented(0, 'retail'), graded(3, 'good'), segmented(4, 'saas')],
      ...[did(5, 'content_downloaded'), graded(6, 'excellent')],
    ];
    const { byTier, byLane, byTierAndLane } = await reportStays([history]);
    expect(byTier).toEqual([{ stage: 'subscriber', tier: 'good', ...lasted(5) }]);
    expect(byLane).toEqual([{ stage: 'subscriber', lane: 'saas', ...lasted(5) }]);
    expect(byTierAndLane).toEqual([{ stage: 'subscriber', tier: 'good', lane: 'saas', ...lasted(5) }]);
  });

  it('of no known lane is one of its own, after all others', async () => {
    const stay = (segment: string): LeadHistory => [segmented(0, segment), did(5, 'content_downloaded')];
    const { byLane } = await reportStays([stay('farming'), stay('saas'), stay('retail'), stay('saas')]);
    expect(byLane.map(({ lane, stays }) => [lane, stays])).toEqual([
      ['retail', 1],
      ['saas', 2],
      [null, 1],
    ]);
  });

  it('that begins and ends at one instant is none', async () => {
    const history = [did(0, 'page_visited'), staged(3, 'sql'), staged(3, 'opportunity'), ended(3, 'won')];
    expect((await reportStays([history])).byStage).toEqual([{ stage: 'subscriber', ...lasted(3) }]);
  });

  it('at a stage that the lead comes back to is another one', async () => {
    const history = [staged(0, 'sql'), staged(4, 'lead'), staged(5, 'sql'), staged(11, 'opportunity')];
    const { byStage } = await reportStays([history]);
    expect(byStage).toEqual([
      { stage: 'lead', ...lasted(1) },
      { stage: 'sql', stays: 2, medianDays: 4, ninetiethPercentileDays: 6 },
    ]);
  });

  it('goes on while the lead is disqualified', async () => {
    const history = [staged(0, 'sql'), isSpam(2, true), isSpam(5, false), staged(9, 'opportunity')];
    expect((await reportStays([history])).byStage).toEqual([{ stage: 'sql', ...lasted(9) }]);
  });

  it('is the same in whatever order the events came in', async () => {
    const history = [
      did(0, 'page_visited'),
      did(2, 'content_downloaded'),
      did(12, 'demo_requested'),
      ended(20, 'won'),
    ];
    const inOrder = await reportStays([history]);
    expect(inOrder.byStage.map(({ stage }) => stage)).toEqual(['subscriber', 'lead', 'mql']);
    expect(await reportStays([history.toReversed()])).toEqual(inOrder);
  });

  it('counts for the recorded tier when the options ask for it, while its stage is judged by the model', async () => {
    const scoredBy = gradeModel();
    const model = gradeModel({
      version: '2',
      tiers: { excellent: 90, good: 80, risky: 50, hysteresis: 0 },
      promotions: [{ to: 'mql', activities: ['content_downloaded'] }],
    });
    const history = [graded(0, 'good'), did(4, 'content_downloaded'), staged(6, 'sql')];
    const byTier = async (tiers: 'judged' | 'recorded') =>
      (await reportStays([history], { model, scoredBy, tiers })).byTier.map(({ stage, tier }) => [
        stage,
        tier,
      ]);
    expect(await byTier('judged')).toEqual([
      ['subscriber', 'risky'],
      ['mql', 'risky'],
    ]);
    expect(await byTier('recorded')).toEqual([
      ['subscriber', 'good'],
      ['mql', 'good'],
    ]);
  });
});

describe('the length of stays', () => {
  it('is that of the stay in the middle, and of the ninth of ten', async () => {
    const histories = Array.from(
      { length: 10 },
      (_, i): LeadHistory => [staged(0, 'sql'), staged(i + 1, 'opportunity')],
    );
    expect((await reportStays(histories)).byStage).toEqual([
      { stage: 'sql', stays: 10, medianDays: 5, ninetiethPercentileDays: 9 },
    ]);
  });

  it('leaves out what happened after the instant of the report', async () => {
    const history = [staged(0, 'sql'), staged(5, 'opportunity'), ended(9, 'won')];
    const { stays, leftOut, funnel } = await reportOn([history], { now: onDay(5) });
    expect(stays.byStage).toEqual([{ stage: 'sql', ...lasted(5) }]);
    expect(leftOut.eventsAfterNow).toBe(1);
    expect(funnel.byStage.find(({ leads }) => leads > 0)?.stage).toBe('opportunity');
  });
});
