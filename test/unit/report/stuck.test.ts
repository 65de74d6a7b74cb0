import { describe, expect, it } from 'vitest';
import type { Stuck } from '../../../shared/report/sections/stuck.ts';
import {
  did,
  ended,
  graded,
  isSpam,
  type LeadHistory,
  onDay,
  profiled,
  type ReportOptions,
  reportOn,
  segmented,
  staged,
} from './lead-history.ts';

const reportStuck = async (histories: readonly LeadHistory[], options?: ReportOptions): Promise<Stuck> =>
  (await reportOn(histories, options)).stuck;
const at = ({ byStage }: Stuck, wanted: string) => byStage.find(({ stage }) => stage === wanted);
const ids = ({ longest }: Stuck) => longest.map(({ leadId }) => leadId);

/** A lead that was at sql for so many days. */
const passed = (days: number): LeadHistory => [
  staged(0, 'sql'),
  staged(days, 'opportunity'),
  ended(days, 'won'),
];
/** A lead that has been at sql for so many days on day 100. */
const waiting = (days: number): LeadHistory => [staged(100 - days, 'sql')];
const five = [1, 2, 3, 4, 20].map(passed);

describe('a lead is stuck', () => {
  it('when it has been at its stage for longer than 9 of 10 that left', async () => {
    const stuck = await reportStuck([...five, waiting(19), waiting(20), waiting(21)]);
    expect(at(stuck, 'sql')).toEqual({
      stage: 'sql',
      active: 3,
      stuck: 1,
      longerThanDays: 20,
      measure: 'stays',
    });
    expect(ids(stuck)).toEqual(['l-8']);
    expect(stuck.total).toBe(1);
  });

  it('when too few have left, after as many days as asked for', async () => {
    const histories = [...five.slice(1), waiting(30), waiting(31)];
    const stuck = await reportStuck(histories);
    expect(at(stuck, 'sql')).toMatchObject({ active: 2, stuck: 1, longerThanDays: 30, measure: 'days' });
    expect(ids(stuck)).toEqual(['l-6']);
    expect(at(await reportStuck(histories, { stuckDays: 29 }), 'sql')).toMatchObject({ stuck: 2 });
  });

  it('also with events that do not change its stage', async () => {
    expect((await reportStuck([[...waiting(40), did(99, 'page_visited')]])).total).toBe(1);
  });

  it('not from the time that it was at the stage before', async () => {
    const history = [staged(0, 'sql'), staged(50, 'lead'), staged(90, 'sql')];
    expect((await reportStuck([history])).total).toBe(0);
  });

  it('also when sales gave it back', async () => {
    const stuck = await reportStuck([[staged(0, 'opportunity'), ended(10, 'lost')]]);
    expect(stuck.longest).toMatchObject([{ stage: 'lead', days: 90 }]);
  });

  it('not when it is disqualified, or a customer', async () => {
    const stuck = await reportStuck([[staged(0, 'sql'), isSpam(1, true)], [ended(0, 'won')]]);
    expect(stuck).toMatchObject({ total: 0, longest: [] });
    expect(stuck.byStage.map(({ active }) => active)).toEqual([0, 0, 0, 0, 0]);
  });

  it('by the instant of the report', async () => {
    expect((await reportStuck([waiting(40)], { now: onDay(80) })).total).toBe(0);
  });
});

describe('the list of stuck leads', () => {
  it('has names and companies of the longest, as far as they are known', async () => {
    const ada = [staged(10, 'sql'), profiled(20, { name: 'Ada', company: 'Acme' })];
    const stuck = await reportStuck([ada, waiting(40)], { limit: 2 });
    expect(stuck.longest.map(({ name, company }) => [name, company])).toEqual([
      ['Ada', 'Acme'],
      [undefined, undefined],
    ]);
  });

  it('has the longest first, with what is known of them, and no more than asked for', async () => {
    const histories = [waiting(40), [...waiting(50), graded(60, 'good'), segmented(60, 'saas')], waiting(60)];
    const stuck = await reportStuck(histories, { limit: 2 });
    expect(stuck.longest).toEqual([
      { leadId: 'l-3', stage: 'sql', tier: 'none', lane: null, days: 60 },
      { leadId: 'l-2', stage: 'sql', tier: 'good', lane: 'saas', days: 50 },
    ]);
    expect(stuck.total).toBe(3);
  });

  it('leaves out leads that wait longer where waiting is usual', async () => {
    const slow: LeadHistory[] = [80, 81, 82, 83, 90].map((days) => [
      did(0, 'page_visited'),
      staged(days, 'sql'),
      ended(days, 'won'),
    ]);
    const stuck = await reportStuck([...slow, [did(15, 'page_visited')], waiting(40)], { limit: 1 });
    expect(ids(stuck)).toEqual(['l-7']);
  });

  it('orders leads that wait equally long by their ids', async () => {
    expect(ids(await reportStuck([waiting(40), waiting(40), waiting(40)], { limit: 2 }))).toEqual([
      'l-1',
      'l-2',
    ]);
  });

  it('is empty if the limit is 0', async () => {
    expect(await reportStuck([waiting(40)], { limit: 0 })).toMatchObject({ total: 1, longest: [] });
  });
});
