import { describe, expect, it } from 'vitest';
import {
  counted,
  did,
  ended,
  graded,
  type LeadHistory,
  type ReportOptions,
  reportOn,
} from './lead-history.ts';
import { gradeModel, gradeModelWithout } from './model.ts';

const reportEfforts = async (history: LeadHistory, options?: ReportOptions) =>
  (await reportOn([history], options)).efforts;
const reportTimes = async (history: LeadHistory, options?: ReportOptions) =>
  (await reportEfforts(history, options)).times.byTier;
const none = { excellent: 0, good: 0, risky: 0, none: 0 };

describe('an effort', () => {
  it('counts for the tier that the lead had just before it', async () => {
    const history = [graded(0, 'good'), did(1, 'demo_held'), graded(2, 'risky'), did(3, 'demo_held')];
    expect(await reportTimes(history)).toEqual({ ...none, good: 1, risky: 1 });
  });

  it('counts for no tier if it is the first event of a lead', async () => {
    expect(await reportTimes([did(0, 'demo_held'), graded(1, 'good')])).toEqual({ ...none, none: 1 });
  });

  it('counts as often as the count of its event', async () => {
    expect(await reportTimes([graded(0, 'good'), did(1, 'demo_held', 3)])).toEqual({ ...none, good: 3 });
  });

  it('counts as often as a total grows', async () => {
    const history = [graded(0, 'good'), counted(1, 'demo_held', 3), counted(2, 'demo_held', 3)];
    expect(await reportTimes(history)).toEqual({ ...none, good: 3 });
    const more = [...history, graded(3, 'risky'), counted(4, 'demo_held', 5)];
    expect(await reportTimes(more)).toEqual({ ...none, good: 3, risky: 2 });
  });

  it('is made by any of its activities, and by no other', async () => {
    const history = [
      graded(0, 'good'),
      did(1, 'demo_held'),
      did(2, 'demo_repeated'),
      did(3, 'demo_requested'),
    ];
    expect((await reportEfforts(history)).each.map(({ effort, times }) => [effort, times.total])).toEqual([
      ['demo', 2],
      ['talk', 0],
    ]);
  });

  it('counts in each effort that names its activity', async () => {
    const efforts = ['a', 'b'].map((id) => ({ id, title: id, kind: 'presales', activities: ['shown'] }));
    const { each } = await reportEfforts([did(0, 'shown')], { model: gradeModel({ efforts }) });
    expect(each.map(({ times }) => times.total)).toEqual([1, 1]);
  });

  it('counts once in an effort that names its activity twice', async () => {
    const efforts = [{ id: 'a', title: 'A', kind: 'presales', activities: ['shown', 'shown'] }];
    expect((await reportEfforts([did(0, 'shown')], { model: gradeModel({ efforts }) })).times.total).toBe(1);
  });

  it('of the kind rescue is none before the sale', async () => {
    expect(await reportTimes([graded(0, 'good'), ended(1, 'won'), did(2, 'rescue_call')])).toEqual(none);
  });

  it('counts for the tier at its own time when what changed the tier before came in later', async () => {
    const demo = did(5, 'demo_held');
    const history = [graded(0, 'risky'), graded(9, 'excellent'), demo, graded(3, 'good')];
    expect(await reportTimes(history)).toEqual({ ...none, good: 1 });
  });

  it('counts for the tier that was recorded when the options ask for it, whatever the model says now', async () => {
    const dearer = gradeModel({
      version: '2',
      tiers: { excellent: 90, good: 80, risky: 50, hysteresis: 0 },
    });
    const history = [graded(0, 'good'), did(1, 'demo_held')];
    const options = { model: dearer, scoredBy: gradeModel() };
    expect(await reportTimes(history, { ...options, tiers: 'recorded' })).toEqual({ ...none, good: 1 });
    expect(await reportTimes(history, { ...options, tiers: 'judged' })).toEqual({ ...none, risky: 1 });
  });
});

describe('the share on poor tiers', () => {
  it('is that of risky and none, by times and by hours', async () => {
    const history = [
      ...[did(0, 'demo_held'), graded(1, 'risky'), did(2, 'talk_held')],
      ...[graded(3, 'good'), did(4, 'demo_held'), did(5, 'demo_held')],
    ];
    const { times, hours, each } = await reportEfforts(history);
    expect(times).toEqual({ total: 4, byTier: { ...none, none: 1, risky: 1, good: 2 }, poorShare: 0.5 });
    expect(hours).toEqual({ total: 6, byTier: { ...none, none: 2, good: 4 }, poorShare: 1 / 3 });
    expect(each[1]).toMatchObject({ effort: 'talk', title: 'Discovery talk', hours: null });
  });

  it('is unknown if there was no effort', async () => {
    expect((await reportEfforts([graded(0, 'good')])).times.poorShare).toBeNull();
  });

  it('has no hours if the model states none', async () => {
    const efforts = [{ id: 'demo', title: 'Demo', kind: 'presales', activities: ['demo_held'] }];
    const { hours } = await reportEfforts([did(0, 'demo_held')], { model: gradeModel({ efforts }) });
    expect(hours).toBeNull();
  });

  it('is empty if the model names no efforts', async () => {
    const efforts = await reportEfforts([did(0, 'demo_held')], { model: gradeModelWithout('efforts') });
    expect(efforts).toEqual({
      each: [],
      times: { total: 0, byTier: none, poorShare: null },
      hours: null,
    });
  });
});
