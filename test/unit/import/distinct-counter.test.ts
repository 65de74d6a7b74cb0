import { describe, expect, it } from 'vitest';
import { DistinctCounter } from '../../../cli/import/distinct-counter.ts';

describe('a distinct counter', () => {
  it('counts each text once, and knows those that came before', () => {
    const counter = new DistinctCounter();
    const texts = Array.from({ length: 10_000 }, (_, n) => `l-${n % 5_000}`);
    expect(texts.filter((text) => counter.add(text))).toHaveLength(5_000);
    expect([counter.count, counter.full]).toEqual([5_000, false]);
  });

  it('stops growing at its bound, and says so', () => {
    const counter = new DistinctCounter(2);
    for (const text of ['a', 'b', 'c', 'd']) counter.add(text);
    expect([counter.count, counter.full]).toEqual([2, true]);
    expect([counter.add('a'), counter.add('d')]).toEqual([true, false]);
  });
});
