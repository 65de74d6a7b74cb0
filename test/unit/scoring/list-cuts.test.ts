import { describe, expect, it } from 'vitest';
import { compileModel, type Facts, listCuts, modelDocument, noFacts } from '../../../shared/scoring/index.ts';
import { smallDocument } from '../../support/models.ts';

const today = 20_000;
const hour = today * 24 + 9;

const facts: Facts = {
  ...noFacts,
  activities: {
    demo_requested: [4, 0, [today - 40, 1, today - 5, 1, today - 2, 2]],
    page_visited: [1, 0, [today, 1]],
  },
};

const modelWith = (...conditions: readonly object[]) =>
  compileModel(
    modelDocument.parse({
      ...smallDocument(),
      disqualifiers: conditions.map((when, i) => ({ id: `d${i}`, class: 'persona', text: 'is out', when })),
    }),
  );

const daysOf = (...conditions: readonly object[]): number[] =>
  listCuts(modelWith(...conditions), facts, hour, Infinity).map((cut) => cut / 24 - today);

const demo = { activity: 'demo_requested' };

describe('the cuts of a lead', () => {
  it('are the midnights at which a count falls below the least or to the most', () => {
    expect(daysOf({ ...demo, withinDays: 30 })).toEqual([28]);
    expect(daysOf({ ...demo, withinDays: 30, atLeast: 3 })).toEqual([25]);
    expect(daysOf({ ...demo, withinDays: 60, atLeast: 2, atMost: 3 })).toEqual([20, 58]);
    expect(daysOf({ ...demo, withinDays: 60, atMost: 0 })).toEqual([58]);
  });

  it('are none if the count stays on its side of the bounds', () => {
    expect(daysOf({ ...demo, withinDays: 30, atLeast: 4 })).toEqual([]);
    expect(daysOf({ ...demo, withinDays: 60, atMost: 4 })).toEqual([]);
    expect(daysOf({ ...demo, withinDays: 60, atLeast: 0 })).toEqual([]);
    expect(daysOf(demo, { activity: 'unsubscribed', withinDays: 30 })).toEqual([]);
  });

  it('are those of all conditions, each once and in order', () => {
    const visited = { activity: 'page_visited', withinDays: 7 };
    const within = (withinDays: number) => ({ not: { ...demo, withinDays } });
    expect(daysOf(within(30), visited, { any: [within(9), within(9)] })).toEqual([7, 28]);
  });

  it('are only those after an hour, up to the last', () => {
    const model = modelWith({ ...demo, withinDays: 30 });
    const cut = (today + 28) * 24;
    expect(listCuts(model, facts, cut - 1, cut)).toEqual([cut]);
    expect(listCuts(model, facts, cut, Infinity)).toEqual([]);
    expect(listCuts(model, facts, hour, cut - 1)).toEqual([]);
  });
});
