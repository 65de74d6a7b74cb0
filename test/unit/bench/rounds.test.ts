import { describe, expect, it } from 'vitest';
import { isMet, type Limit } from '../../../bench/measure.ts';
import { interleave, median, quantile, ratios, spread } from '../../../bench/rounds.ts';

describe('contenders', () => {
  it('take turns, each round beginning with another one, after a turn each that does not count', async () => {
    const turns: string[] = [];
    const contender = (name: string) => () => turns.push(name);
    const measured = await interleave(3, { a: contender('a'), b: contender('b') });
    expect(turns.join('')).toBe('ab' + 'ab' + 'ba' + 'ab');
    expect(measured).toEqual({ a: [3, 6, 7], b: [4, 5, 8] });
  });

  it('are compared round by round, not by their medians', () => {
    expect(ratios([10, 30, 80], [5, 10, 20])).toEqual([2, 3, 4]);
  });
});

describe('a median', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 2, 3], 2.5],
  ])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

  it('of nothing is refused', () => {
    expect(() => median([])).toThrow(RangeError);
  });

  it('comes with the spread of the middle half', () => {
    expect(quantile([1, 2, 3, 4, 5], 0.25)).toBe(2);
    expect(spread([8, 9, 10, 11, 12])).toBe(0.2);
  });
});

describe('a limit', () => {
  const measured = (value: number, limit?: Limit) =>
    isMet({ name: 'x', unit: 'times', details: {}, value, ...(limit && { limit }) });

  it('is met when it is reached exactly', () => {
    expect(measured(300, { atLeast: 300 })).toBe(true);
    expect(measured(450, { atMost: 450 })).toBe(true);
  });

  it('is not met on its other side, nor by what is no number', () => {
    expect(measured(299.9, { atLeast: 300 })).toBe(false);
    expect(measured(450.1, { atMost: 450 })).toBe(false);
    expect(measured(Number.NaN, { atLeast: 300 })).toBe(false);
    expect(measured(Number.NaN, { atMost: 450 })).toBe(false);
  });

  it('may be missing from a figure that is for information', () => {
    expect(measured(0)).toBe(true);
  });
});
