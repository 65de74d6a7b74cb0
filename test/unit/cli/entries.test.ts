import { describe, expect, it } from 'vitest';
import { seededRandom, shuffled, withDuplicates } from '../../../cli/entries/scramble.ts';
import { countSettled, createCounters } from '../../../cli/stack/counters.ts';

const items = Array.from({ length: 1_000 }, (_, i) => i);

describe('scrambling', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(shuffled(items, seededRandom(7))).toEqual(shuffled(items, seededRandom(7)));
    expect(shuffled(items, seededRandom(7))).not.toEqual(shuffled(items, seededRandom(8)));
  });

  it('has every item once', () => {
    expect(shuffled(items, seededRandom(7)).toSorted((a, b) => a - b)).toEqual(items);
  });

  it.each([0, 0.2, 1])('repeats a share of %d, each after its first time', (fraction) => {
    const repeated = withDuplicates(items, fraction, seededRandom(7));
    expect(repeated).toHaveLength(items.length * (1 + fraction));
    expect([...new Set(repeated)]).toEqual(items);
    const twice = items.filter((item) => repeated.indexOf(item) !== repeated.lastIndexOf(item));
    expect(twice).toHaveLength(items.length * fraction);
  });
});

describe('counters', () => {
  it('sum the metrics that functions print, and ignore all other lines', () => {
    const counters = createCounters();
    counters.read('{"_aws":{},"EventsRecorded":3,"EventsDuplicate":[1,2],"service":"score-leads"}');
    counters.read('{"_aws":{},"EventsRecorded":2,"EventsQuarantined":1}');
    counters.read('{"level":"INFO","EventsRecorded":100}');
    counters.read('not JSON, though it says "_aws"');
    expect(counters.of('EventsRecorded')).toBe(5);
    expect(counters.of('EventsDuplicate')).toBe(3);
    expect(counters.of('Nothing')).toBe(0);
    expect(countSettled(counters)).toBe(9);
  });
});
