import { describe, expect, it } from 'vitest';
import {
  did,
  ended,
  graded,
  type LeadHistory,
  type ReportOptions,
  reportOn,
  staged,
} from './lead-history.ts';
import { gradeModel } from './model.ts';

const reportCustomers = async (histories: readonly LeadHistory[], options?: ReportOptions) =>
  (await reportOn(histories, options)).customers;
const reportLeftOut = async (history: LeadHistory) => (await reportOn([history])).leftOut;

const nothing = {
  ...{ wins: 0, renewed: 0, expanded: 0, referenced: 0, churned: 0, nothingYet: 0 },
  ...{ rescued: 0, rescues: 0, rescueHours: 0 },
};
const wonAs = (grade: string): LeadHistory => [graded(0, grade), ended(1, 'won')];

describe('a win', () => {
  it('belongs to the tier just before it, and is poor as risky or none', async () => {
    const histories = [wonAs('excellent'), wonAs('good'), wonAs('risky'), wonAs('other')];
    const { byTier, poor, good } = await reportCustomers(histories);
    expect(Object.values(byTier).map(({ wins }) => wins)).toEqual([1, 1, 1, 1]);
    expect([good.wins, poor.wins]).toEqual([2, 2]);
  });

  it('keeps the tier of the win, whatever tier follows', async () => {
    const { byTier } = await reportCustomers([
      [...wonAs('risky'), graded(2, 'excellent'), ended(3, 'renewed')],
    ]);
    expect(byTier.risky).toEqual({ ...nothing, wins: 1, renewed: 1 });
    expect(byTier.excellent).toEqual(nothing);
  });

  it('counts once in each outcome since', async () => {
    const heard = ['renewed', 'renewed', 'expanded', 'referenced', 'churned'];
    const { poor } = await reportCustomers([
      [...wonAs('risky'), ...heard.map((one, i) => ended(2 + i, one))],
    ]);
    expect(poor).toEqual({ ...nothing, wins: 1, renewed: 1, expanded: 1, referenced: 1, churned: 1 });
  });

  it('without an outcome since counts as such', async () => {
    const { good } = await reportCustomers([[...wonAs('good'), did(2, 'page_visited')]]);
    expect(good).toEqual({ ...nothing, wins: 1, nothingYet: 1 });
  });

  it('that is repeated with nothing in between is the same win', async () => {
    const history = [...wonAs('good'), ended(2, 'won'), ended(3, 'renewed')];
    expect((await reportCustomers([history])).good).toEqual({ ...nothing, wins: 1, renewed: 1 });
    expect((await reportLeftOut(history)).repeatedOutcomes).toBe(1);
  });

  it('after a churn is another one', async () => {
    const history = [
      ...wonAs('good'),
      ended(2, 'churned'),
      graded(3, 'risky'),
      ended(4, 'won'),
      ended(5, 'renewed'),
    ];
    const { good, poor } = await reportCustomers([history]);
    expect(good).toEqual({ ...nothing, wins: 1, churned: 1 });
    expect(poor).toEqual({ ...nothing, wins: 1, renewed: 1 });
  });

  it('after a new sales cycle is another one', async () => {
    const { good } = await reportCustomers([[...wonAs('good'), staged(2, 'opportunity'), ended(3, 'won')]]);
    expect(good).toEqual({ ...nothing, wins: 2, nothingYet: 2 });
  });

  it('is not a stage alone that a CRM states, which is counted separately', async () => {
    const history = [graded(0, 'good'), staged(1, 'customer')];
    expect((await reportCustomers([history])).good.wins).toBe(0);
    expect((await reportLeftOut(history)).customersWithoutWin).toBe(1);
    expect((await reportLeftOut(wonAs('good'))).customersWithoutWin).toBe(0);
  });
});

describe('an outcome without a win before it', () => {
  it.each(['renewed', 'expanded', 'referenced', 'churned'])('is not counted: %s', async (outcome) => {
    const history = [graded(0, 'good'), ended(1, outcome), ended(2, 'won')];
    expect((await reportCustomers([history])).good).toEqual({ ...nothing, wins: 1, nothingYet: 1 });
    expect((await reportLeftOut(history)).followUpsWithoutWin).toBe(1);
  });
});

describe('a rescue', () => {
  it('is spent on the win before it, in times and hours', async () => {
    const history = [...wonAs('risky'), graded(2, 'good'), did(3, 'rescue_call', 2), did(4, 'rescue_call')];
    const { byTier } = await reportCustomers([history]);
    expect(byTier.risky).toMatchObject({ wins: 1, rescued: 1, rescues: 3, rescueHours: 9 });
    expect(byTier.good).toEqual(nothing);
  });

  it('is not an outcome', async () => {
    const { poor } = await reportCustomers([[...wonAs('risky'), did(3, 'rescue_call')]]);
    expect(poor).toMatchObject({ nothingYet: 1, rescued: 1 });
  });

  it('without a win before it is not counted', async () => {
    const history = [graded(0, 'good'), did(1, 'rescue_call'), ended(2, 'won')];
    expect((await reportCustomers([history])).good.rescues).toBe(0);
    expect((await reportLeftOut(history)).rescuesWithoutWin).toBe(1);
  });

  it('has no hours if the model states none', async () => {
    const efforts = [{ id: 'constructor', title: 'Call', kind: 'rescue', activities: ['rescue_call'] }];
    const history = [...wonAs('risky'), did(3, 'rescue_call')];
    const { poor } = await reportCustomers([history], { model: gradeModel({ efforts }) });
    expect(poor).toMatchObject({ rescues: 1, rescueHours: null });
  });
});
