import { describe, expect, it } from 'vitest';
import { reasonWords } from '../../../cli/explain/dimension-words.ts';
import { explainInWords } from '../../../cli/explain/words.ts';
import { render } from '../../../cli/output/render.ts';
import { dayMs } from '../../../events/index.ts';
import { advanceTo, decide, type LeadState, type SignalEvent } from '../../../shared/lead/index.ts';
import { describeDecay, type Explanation, explain, instantOf } from '../../../shared/scoring/index.ts';
import { buildSignal } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const start = Date.parse('2026-03-02T00:00:00.000Z');

const demo = (decay: object) => ({
  id: 'demo',
  text: 'asked for a demo',
  when: { activity: 'demo_requested' },
  points: 20,
  decay,
});

const documentWith = (...criteria: readonly object[]) => {
  const document = smallDocument();
  return {
    ...document,
    dimensions: { ...document.dimensions, interest: { title: 'Interest', criteria } },
  };
};

const asked = buildSignal({
  type: 'LeadActivityRecorded',
  data: { activity: 'demo_requested' },
  at: new Date(start).toISOString(),
});

/** Returns a lead some days after what happened, and the explanation of its score. */
const daysLater = (days: number, criteria: readonly object[], ...events: readonly SignalEvent[]) => {
  const model = compileDocument(documentWith(...criteria));
  const before = events.reduce<LeadState | undefined>(
    (state, event) => decide(model, state, event).state,
    undefined,
  ) as LeadState;
  const { state } = advanceTo(model, before, start + days * dayMs);
  return { state, explanation: explain(model, state.facts, state.stage, instantOf(state.facts)) };
};

const countedAfter = (days: number, decay: object): Explanation['counted'][number] | undefined =>
  daysLater(days, [demo(decay)], asked).explanation.counted.find(({ criterion }) => criterion === 'demo');

describe('a reason whose points decay', () => {
  it.each([
    [{ halfLifeDays: 14 }, 14, 10, 0.5, '10 of 20 points left, halves every 14 days'],
    [{ halfLifeDays: 14 }, 0, 20, 1, '20 of 20 points left, halves every 14 days'],
    [{ halfLifeDays: 1 }, 2, 5, 0.25, '5 of 20 points left, halves every day'],
    [{ linearDays: 40 }, 16, 12, 0.6, '12 of 20 points left, falls evenly to none within 40 days'],
    [
      { percent: 25, everyDays: 30 },
      45,
      15,
      0.75,
      '15 of 20 points left, loses 25 % of the full points every 30 days',
    ],
  ])('by %j has after %i days %d points', (decay, days, points, share, words) => {
    expect(countedAfter(days, decay)).toMatchObject({ points, left: { full: 20, share, words } });
  });

  it('weighs what its points weigh, and adds up to the score', () => {
    const { explanation, state } = daysLater(21, [demo({ halfLifeDays: 14 })], asked);
    const [reason] = explanation.counted.filter(({ criterion }) => criterion === 'demo');
    const share = explanation.dimensions.find(({ dimension }) => dimension === 'interest')?.share ?? 0;
    expect(reason).toMatchObject({ points: 7.07, weight: Math.round(share * 7.071 * 100) / 100 });
    expect(explanation.score).toBe(state.score);
  });

  it('is shown with what is left, as long as some of it is lost', () => {
    const words = (days: number) => {
      const reason = countedAfter(days, { halfLifeDays: 14 });
      return reason && reasonWords(reason);
    };
    expect(words(14)).toBe(
      '     +10  the lead asked for a demo (10 of 20 points left, halves every 14 days)',
    );
    expect(words(0)).toBe('     +20  the lead asked for a demo');
  });

  it('is none when nothing is left, but could count again', () => {
    const { explanation, state } = daysLater(40, [demo({ linearDays: 40 })], asked);
    expect(explanation.counted.filter(({ criterion }) => criterion === 'demo')).toEqual([]);
    expect(explanation.possible.find(({ criterion }) => criterion === 'demo')).toMatchObject({
      given: 0,
      points: 20,
      known: true,
      left: { full: 20, share: 0, words: '0 of 20 points left, falls evenly to none within 40 days' },
    });
    expect(render(explainInWords(state, explanation)).join('\n')).toContain(
      'if it were heard anew that the lead asked for a demo (0 of 20 points left',
    );
  });

  it('of each time sums up the times before the cap, and says how much of the capped points is left', () => {
    const visits = {
      id: 'visits',
      text: 'visited pages',
      each: { activity: 'page_visited' },
      points: 4,
      max: 20,
      decay: { halfLifeDays: 14 },
    };
    const visited = buildSignal({
      type: 'LeadActivityRecorded',
      data: { activity: 'page_visited', count: 8 },
      at: new Date(start).toISOString(),
    });
    const [reason] = daysLater(14, [visits], visited).explanation.counted;
    expect(reason).toMatchObject({ points: 16, left: { full: 20, share: 0.8 } });
  });

  it('has nothing left to say without decay', () => {
    const { decay: _, ...plain } = demo({});
    const [reason] = daysLater(14, [plain], asked).explanation.counted;
    expect(reason).toMatchObject({ points: 20 });
    expect(reason).not.toHaveProperty('left');
  });
});

describe('a decay in words', () => {
  it('follows the points of a criterion', () => {
    expect([{ linearDays: 1 }, { percent: 10, everyDays: 1 }].map(describeDecay)).toEqual([
      'falls evenly to none within a day',
      'loses 10 % of the full points every day',
    ]);
  });
});
