import { describe, expect, it } from 'vitest';
import {
  computeShare,
  planPage,
  type Rescoring,
  writeUnitsPerRescoring,
} from '../../../shared/rescoring/index.ts';
import { createRescoringWorld } from '../../support/rescoring-world.ts';

const minuteMs = 60_000;

describe('the pace of a rescoring', () => {
  it.each([
    { writeUnitsPerSecond: 40, leads: 900, pageItems: 50 },
    { writeUnitsPerSecond: 500, leads: 1_500, pageItems: 300 },
    { writeUnitsPerSecond: 2_000, leads: 3_000, pageItems: 1_000 },
  ])(
    'needs in no minute more write units than $writeUnitsPerSecond a second, and one page',
    async (given) => {
      const { writeUnitsPerSecond, pageItems } = given;
      const leads = Object.fromEntries(Array.from({ length: given.leads }, (_, i) => [`l-${i}`, 'm@1']));
      const world = createRescoringWorld({ leads, pageItems, job: { writeUnitsPerSecond } });
      world.wake();
      expect(await world.runUntil(world.now + 60 * minuteMs)).toBe(true);
      const times = world.arrived.map(({ at }) => at).toSorted((a, b) => a - b);
      const most = writeUnitsPerSecond * 60 + pageItems * writeUnitsPerRescoring;
      for (const [i, from] of times.entries()) {
        const inMinute = times.slice(i).findIndex((at) => at >= from + minuteMs);
        const count = inMinute === -1 ? times.length - i : inMinute;
        expect(count * writeUnitsPerRescoring).toBeLessThanOrEqual(most);
      }
      // It isn't much slower either.
      const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
      expect((given.leads * writeUnitsPerRescoring) / seconds).toBeGreaterThan(writeUnitsPerSecond / 3);
    },
  );

  it('gives the share of a segment that is done to the others once its last rescoring is delivered', () => {
    const segment = { revision: 7, pass: 1, step: 1, leads: 0, requested: 0, movedAt: 0, carryMs: 0 };
    const rescoring = {
      job: { writeUnitsPerSecond: 100 },
      segments: [
        { ...segment, segment: 0, isDone: false, nextAt: 0 },
        { ...segment, segment: 1, isDone: true, nextAt: 5_000 },
      ],
    } as unknown as Rescoring;
    expect(computeShare(rescoring, 4_999)).toBe(50);
    expect(computeShare(rescoring, 5_000)).toBe(100);
  });

  it('takes at least one lead of a page, however slow it is, within the longest delay of a queue', () => {
    const { delays, nextDelay } = planPage(10, { carryMs: 0 }, 1 / 64);
    expect(delays).toEqual([0]);
    expect(nextDelay).toBeLessThanOrEqual(900);
  });

  it('carries parts of a second over to the next page', () => {
    const first = planPage(3, { carryMs: 0 }, writeUnitsPerRescoring * 2);
    expect(first).toEqual({ delays: [0, 1, 1], nextDelay: 1, carryMs: 500 });
    expect(planPage(1, first, writeUnitsPerRescoring * 2)).toEqual({ delays: [1], nextDelay: 1, carryMs: 0 });
  });

  it('asks for the next page at once if a page has nothing to rescore', () => {
    expect(planPage(0, { carryMs: 250 }, 10)).toEqual({ delays: [], nextDelay: 0, carryMs: 250 });
  });
});
