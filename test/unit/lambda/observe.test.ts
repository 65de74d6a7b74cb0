import { describe, expect, it } from 'vitest';
import { leadReference, tally } from '../../../shared/lambda/index.ts';

describe('the reference of a lead in logs', () => {
  it('hides the id, and is the same for the same lead', () => {
    const reference = leadReference('jane@example.org');
    expect(reference).toMatch(/^[0-9a-f]{12}$/);
    expect(leadReference('jane@example.org')).toBe(reference);
  });

  it('differs from lead to lead', () => {
    const references = Array.from({ length: 1_000 }, (_, i) => leadReference(`lead-${i}`));
    expect(new Set(references).size).toBe(1_000);
  });
});

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
