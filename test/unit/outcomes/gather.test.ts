import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../events/index.ts';
import { createGathering, type Observed } from '../../../shared/outcomes/index.ts';
import { noFacts } from '../../../shared/scoring/index.ts';

const lead = (number: number, day: number): Observed => ({
  row: { leadId: `l-${number}`, at: day * dayMs, facts: noFacts, stage: 'mql', outcome: number % 4 === 0 },
  lastAt: day * dayMs,
});
const gather = (
  observed: readonly Observed[],
  options: { most?: number; seed?: number; until?: number } = {},
) => {
  const gathering = createGathering({ withinMs: 90 * dayMs, most: 1_000, seed: 1, ...options });
  for (const one of observed) gathering.add(one);
  return gathering.finish();
};
const many = Array.from({ length: 400 }, (_, i) => lead(i, i));

describe('gathered data', () => {
  it('leaves out leads whose time is not over at the last event, rather than calling them lost', () => {
    const data = gather([lead(1, 0), lead(2, 10), lead(3, 11), { leftOut: 'erased', lastAt: 100 * dayMs }]);
    expect(data.rows.map(({ leadId }) => leadId)).toEqual(['l-1', 'l-2']);
    expect(data).toMatchObject({ leads: 4, leftOut: { 'followed too briefly': 1, erased: 1 } });
  });

  it('ends at the instant that is given, and at the last event if that is earlier', () => {
    const leads = [lead(1, 0), lead(2, 10), lead(3, 150)];
    expect(gather(leads, { until: 95 * dayMs })).toMatchObject({
      end: 95 * dayMs,
      leftOut: { 'followed too briefly': 2 },
    });
    expect(gather(leads, { until: 2_000 * dayMs })).toMatchObject({
      end: 150 * dayMs,
      leftOut: { 'followed too briefly': 1 },
    });
  });

  it('draws a sample of leads whose time is over, if it is given when the data ends', () => {
    const sampled = gather(many, { most: 100, until: 200 * dayMs });
    expect(sampled.rows).toHaveLength(100);
    expect(sampled.leftOut).toMatchObject({ 'followed too briefly': 289, 'beyond the sample': 11 });
  });

  it('draws a sample that depends on the seed, and not on the order', () => {
    const sampled = gather(many, { most: 100 });
    expect(sampled.rows.length + sampled.leftOut['followed too briefly']).toBe(100);
    expect(sampled.leftOut['beyond the sample']).toBe(300);
    expect(gather(many.toReversed(), { most: 100 })).toEqual(sampled);
    expect(gather(many, { most: 100, seed: 2 }).rows).not.toEqual(sampled.rows);
  });

  it('has the fields that are said later with the number of leads, the most frequent first', () => {
    const later = (...names: string[]): Observed => ({
      saidLater: names.map((name) => ({ kind: 'attribute', name })),
    });
    expect(gather([later('b', 'a'), later('b')]).saidLater).toEqual([
      { kind: 'attribute', name: 'b', leads: 2 },
      { kind: 'attribute', name: 'a', leads: 1 },
    ]);
  });

  it('has no end without events', () => {
    expect(gather([])).toMatchObject({ rows: [], leads: 0 });
    expect(gather([])).not.toHaveProperty('end');
  });
});
