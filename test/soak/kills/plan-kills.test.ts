import { describe, expect, it } from 'vitest';
import { createSeededDice } from '../load/scenarios.ts';
import { planKills } from './plan-kills.ts';

describe('the plan of kills', () => {
  it('kills as often as asked for on the whole, and leaves time for the starts', () => {
    const plans = Array.from({ length: 50 }, (_, seed) =>
      planKills(createSeededDice(seed, 1), ['kill', 'engine', 'disk'], 400, 25),
    );
    for (const plan of plans) {
      const sum = plan.reduce((total, { seconds }) => total + seconds, 0);
      expect(plan.length).toBeGreaterThan(8);
      expect(sum + 3 * plan.length).toBeLessThanOrEqual(400);
    }
    const killedStarts = plans.flat().filter(({ killedStartMs }) => killedStartMs !== undefined);
    expect(killedStarts.length).toBeGreaterThan(50);
  });

  it('strikes in each way that is possible, in turn', () => {
    const plan = planKills(createSeededDice(3, 1), ['kill', 'engine'], 400, 25);
    expect(plan.slice(0, 4).map(({ strike }) => strike)).toEqual(['kill', 'engine', 'kill', 'engine']);
  });

  it('strikes in each way at least once, unless nobody is to be struck', () => {
    expect(planKills(createSeededDice(1, 1), ['kill', 'engine', 'disk'], 1, 25)).toHaveLength(3);
    expect(planKills(createSeededDice(1, 1), ['kill'], 400, 0)).toEqual([]);
  });
});
