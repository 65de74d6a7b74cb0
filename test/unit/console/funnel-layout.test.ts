import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bar, layOutFlows } from '../../../console/pages/funnel/flow-layout.ts';
import type { Flow } from '../../../console/pages/funnel/flows.ts';
import { stages, tiers } from '../../../events/index.ts';

const flow = (from: Flow['from'], to: Flow['to'], count: number, tier: Flow['tier'] = 'good'): Flow => ({
  from,
  to,
  tier,
  count,
});

const some: readonly Flow[] = [
  flow('new', 'lead', 20, 'none'),
  flow('lead', 'mql', 8),
  flow('lead', 'opportunity', 2),
  flow('mql', 'lead', 3, 'risky'),
  flow('mql', 'left', 1),
];

const barOf = (bars: readonly Bar[], id: string): Bar => {
  const bar = bars.find((each) => each.id === id);
  if (bar === undefined) throw new Error(`there is no bar ${id}`);
  return bar;
};

const everyFlow = fc
  .record({
    from: fc.constantFrom('new' as const, ...stages),
    to: fc.constantFrom('left' as const, ...stages),
    tier: fc.constantFrom(...tiers),
    count: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .filter(({ from, to }) => from !== to && !(from === 'new' && to === 'left'));

const manyFlows = fc.uniqueArray(everyFlow, { selector: ({ from, to, tier }) => `${from}>${to}>${tier}` });

describe('the flow picture', () => {
  it('shows every stage from left to right, also those at which nothing moved', () => {
    const { bars } = layOutFlows(some, 1_100);
    const shown = bars.filter(({ kind }) => kind === 'stage');
    expect(shown.map(({ stage }) => stage)).toEqual(stages);
    expect(shown.map(({ x }) => x)).toEqual(shown.map(({ x }) => x).toSorted((a, b) => a - b));
    expect(new Set(shown.map(({ x }) => x)).size).toBe(stages.length);
  });

  it('goes from above down if it is narrow', () => {
    const { bars, isUpright } = layOutFlows(some, 320);
    const shown = bars.filter(({ kind }) => kind === 'stage');
    expect(isUpright).toBe(true);
    expect(shown.map(({ y }) => y)).toEqual(shown.map(({ y }) => y).toSorted((a, b) => a - b));
    expect(new Set(shown.map(({ y }) => y)).size).toBe(stages.length);
  });

  it('gives bars the length of their leads, and bands their breadth', () => {
    const { bars, bands } = layOutFlows(some, 1_100);
    expect(barOf(bars, 'new').leads).toBe(20);
    expect(barOf(bars, 'new').height / barOf(bars, 'mql').height).toBeCloseTo(20 / 8, 0);
    expect((bands[0]?.breadth ?? 0) / (bands[1]?.breadth ?? 1)).toBeCloseTo(20 / 8, 5);
  });

  it('lets leads that went back or out end beside the next stage', () => {
    const { bars } = layOutFlows(some, 1_100);
    expect(barOf(bars, 'back:mql')).toMatchObject({ kind: 'back', leads: 3, x: barOf(bars, 'sql').x });
    expect(barOf(bars, 'out:mql')).toMatchObject({ kind: 'out', leads: 1, x: barOf(bars, 'sql').x });
  });

  it('lets leads that skipped stages pass beside them', () => {
    const { bands, bars } = layOutFlows(some, 1_100);
    const skipping = bands.find((band) => band.flow.to === 'opportunity');
    // One curve to each of the stages that are passed, and one to the last.
    expect(skipping?.path.match(/C/g)).toHaveLength(3);
    expect(bars.some(({ kind }) => kind === 'way')).toBe(false);
  });

  it('has room for customers that leave, which are the last of all', () => {
    const { bars, width } = layOutFlows([flow('customer', 'left', 1)], 1_100);
    const out = barOf(bars, 'out:customer');
    expect(out.x).toBeGreaterThan(barOf(bars, 'customer').x);
    expect(out.x + out.width).toBeLessThanOrEqual(width);
  });

  it('is empty, not broken, without any flow', () => {
    const { bars, bands } = layOutFlows([], 1_100);
    expect(bands).toEqual([]);
    expect(bars.every(({ x, y, width, height }) => [x, y, width, height].every(Number.isFinite))).toBe(true);
  });

  it('has only numbers, and every bar within it, whatever moved and however wide it is', () => {
    fc.assert(
      fc.property(manyFlows, fc.integer({ min: 240, max: 2_000 }), (flows, wide) => {
        const { bars, bands, width, height } = layOutFlows(flows, wide);
        expect(bands).toHaveLength(flows.length);
        for (const { path, breadth } of bands) {
          expect(path).not.toMatch(/NaN|Infinity|undefined/);
          expect(breadth).toBeGreaterThanOrEqual(1);
        }
        for (const bar of bars) {
          expect(bar.x).toBeGreaterThanOrEqual(0);
          expect(bar.y).toBeGreaterThanOrEqual(0);
          expect(bar.x + bar.width).toBeLessThanOrEqual(width + 3);
          expect(bar.y + bar.height).toBeLessThanOrEqual(height + 3);
        }
      }),
      { numRuns: 150 },
    );
  });
});
