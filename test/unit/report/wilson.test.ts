import { describe, expect, it } from 'vitest';
import { computeProportion } from '../../../shared/report/wilson.ts';

describe('the Wilson score interval', () => {
  // Newcombe 1998, table I, method 3 (score, without continuity correction).
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i of %i is as published', (hits, cases, low, high) => {
    expect(computeProportion(hits, cases)).toEqual({
      share: hits / cases,
      low: expect.closeTo(low, 4),
      high: expect.closeTo(high, 4),
    });
  });

  it('mirrors that of what did not hit', () => {
    const of = computeProportion(3, 17);
    const not = computeProportion(14, 17);
    expect(of?.low).toBeCloseTo(1 - (not?.high ?? 0), 12);
    expect(of?.high).toBeCloseTo(1 - (not?.low ?? 0), 12);
  });

  it.each([1, 2, 7, 1_000])('ends exactly at 0 and 1 where nothing or all of %i hits', (cases) => {
    expect(computeProportion(0, cases)?.low).toBe(0);
    expect(computeProportion(cases, cases)?.high).toBe(1);
  });

  it('of no cases is none', () => expect(computeProportion(0, 0)).toBeNull());
});
