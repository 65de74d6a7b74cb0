import { describe, expect, it } from 'vitest';
import { tally } from '../../../shared/lambda/index.ts';

describe('a tally', () => {
  it('counts by key, in the order in which the keys came', () => {
    expect([...tally(['b', 'a', 'b'], (word) => word)]).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
  });

  it('of nothing is empty', () => {
    expect(tally([], String).size).toBe(0);
  });
});
