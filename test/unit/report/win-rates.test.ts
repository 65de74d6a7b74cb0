import { describe, expect, it } from 'vitest';
import {
  answered,
  did,
  ended,
  graded,
  type LeadHistory,
  type ReportOptions,
  reportOn,
  staged,
} from './lead-history.ts';
import { gradeModelWithout } from './model.ts';

const reportRates = async (history: LeadHistory) => (await reportOn([history])).winRates;
const reportReadiness = async (histories: readonly LeadHistory[], options?: ReportOptions) =>
  (await reportOn(histories, options)).readiness;

const counts = ({ won, lost }: { won: number; lost: number }) => [won, lost];

describe('a win rate', () => {
  it('is that of the tier just before the outcome, with its interval', async () => {
    const histories = [
      ...Array.from({ length: 3 }, (): LeadHistory => [graded(0, 'good'), ended(1, 'won')]),
      [graded(0, 'good'), ended(1, 'lost')],
      [graded(0, 'risky'), ended(1, 'lost')],
    ];
    const { byTier, all } = (await reportOn(histories)).winRates;
    expect(byTier.good).toEqual({
      won: 3,
      lost: 1,
      rate: { share: 0.75, low: expect.closeTo(0.3006, 4), high: expect.closeTo(0.9544, 4) },
    });
    expect(byTier.risky).toMatchObject({ won: 0, lost: 1, rate: { share: 0 } });
    expect(byTier.excellent).toEqual({ won: 0, lost: 0, rate: null });
    expect(counts(all)).toEqual([3, 2]);
  });

  it('counts a deal that was lost and won later as both', async () => {
    const { byTier } = await reportRates([
      ...[graded(0, 'risky'), ended(1, 'lost'), graded(2, 'good'), did(3, 'demo_requested'), ended(4, 'won')],
    ]);
    expect([counts(byTier.risky), counts(byTier.good)]).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('counts a repeated loss once, and again if the lead has moved in between', async () => {
    const lost = [staged(0, 'sql'), ended(1, 'lost'), ended(2, 'lost')];
    expect(counts((await reportRates(lost)).all)).toEqual([0, 1]);
    expect(counts((await reportRates([...lost, staged(3, 'sql'), ended(4, 'lost')])).all)).toEqual([0, 2]);
  });

  it('counts each deal that is named, and one that is named again only once', async () => {
    const open = [staged(0, 'opportunity', 'd-1'), staged(1, 'opportunity', 'd-2')];
    const lost = [...open, ended(2, 'lost', 'd-1'), ended(3, 'lost', 'd-2'), ended(4, 'lost', 'd-1')];
    expect(counts((await reportRates(lost)).all)).toEqual([0, 2]);
    const again = [...lost, staged(5, 'opportunity', 'd-1'), ended(6, 'lost', 'd-1')];
    expect(counts((await reportRates(again)).all)).toEqual([0, 3]);
    const won = [...open, ended(2, 'won', 'd-1'), ended(3, 'won', 'd-2'), ended(4, 'lost', 'd-3')];
    expect(counts((await reportRates(won)).all)).toEqual([2, 1]);
  });

  it('counts neither open deals nor what comes after the win', async () => {
    const history = [staged(0, 'opportunity'), graded(1, 'good')];
    expect((await reportRates(history)).all.rate).toBeNull();
    expect(counts((await reportRates([...history, ended(2, 'renewed'), ended(3, 'churned')])).all)).toEqual([
      0, 0,
    ]);
  });
});

describe('the ground of a deal', () => {
  const slide = answered(1, 'slide', 'yes');
  const bant = answered(2, 'bant', 'yes');

  it('is the slide if it was complete, whatever BANT is', async () => {
    const readiness = await reportReadiness([
      [slide, ended(5, 'won')],
      [slide, bant, ended(5, 'won')],
      [slide, ended(5, 'lost')],
    ]);
    expect([counts(readiness.slide), counts(readiness.bant)]).toEqual([
      [2, 1],
      [0, 0],
    ]);
    expect(readiness.slide.rate?.share).toBeCloseTo(2 / 3);
  });

  it('is BANT alone if the slide was not complete or not known', async () => {
    const unready = answered(1, 'slide', 'no');
    const readiness = await reportReadiness([
      [unready, bant, ended(5, 'won')],
      [bant, ended(5, 'lost')],
    ]);
    expect(counts(readiness.bant)).toEqual([1, 1]);
  });

  it('is neither if BANT was not met', async () => {
    const readiness = await reportReadiness([
      [answered(1, 'bant', 'no'), ended(5, 'won')],
      [ended(5, 'lost')],
    ]);
    expect(counts(readiness.neither)).toEqual([1, 1]);
  });

  it('is what was known just before the outcome', async () => {
    const readiness = await reportReadiness([[bant, ended(5, 'won'), answered(6, 'slide', 'yes')]]);
    expect([counts(readiness.slide), counts(readiness.bant)]).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });

  it('compares wins with a complete slide with wins on BANT alone', async () => {
    const wins = [
      ...Array.from({ length: 6 }, (): LeadHistory => [slide, ended(5, 'won')]),
      ...Array.from({ length: 2 }, (): LeadHistory => [bant, ended(5, 'won')]),
    ];
    expect(await reportReadiness(wins)).toMatchObject({ modelHasSlide: true, modelHasBant: true, ratio: 3 });
    expect((await reportReadiness(wins.slice(0, 6))).ratio).toBeNull();
  });

  it('is never the slide if the model has none', async () => {
    const model = gradeModelWithout('slide');
    expect(await reportReadiness([[bant, ended(5, 'won')]], { model })).toMatchObject({
      modelHasSlide: false,
      ratio: null,
      bant: { won: 1 },
    });
  });

  it('is never BANT if the model has none', async () => {
    const model = gradeModelWithout('bant');
    expect(await reportReadiness([[bant, ended(5, 'won')]], { model })).toMatchObject({
      modelHasBant: false,
      ratio: null,
      neither: { won: 1 },
    });
  });
});
