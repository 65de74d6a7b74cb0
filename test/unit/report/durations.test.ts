import fc from 'fast-check';
import { Int32Histogram } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import {
  addDuration,
  computeQuantile,
  countLonger,
  countOf,
  createDurations,
  quantileError,
  sumDurations,
  toDays,
  toUnits,
} from '../../../shared/report/durations.ts';
import { seeded } from '../../support/seed.ts';

const dayMs = 86_400_000;

const buildDurations = (all: readonly number[]) => {
  const durations = createDurations();
  for (const ms of all) addDuration(durations, ms);
  return durations;
};

/** Returns the least value that `percent` of all don't exceed. */
const exactQuantile = (all: readonly number[], percent: number): number => {
  const sorted = all.map(toUnits).sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1] ?? Number.NaN;
};

/** Durations from minutes to decades, short ones as often as long ones. */
const duration = fc.oneof(
  fc.integer({ min: 0, max: 30 * dayMs }),
  fc.double({ min: 0, max: 9_000, noNaN: true }).map((days) => Math.round(days * dayMs)),
);

describe('quantiles', () => {
  it('differ from the exact ones by at most the error stated, and never fall below', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 200 }), (all) => {
        const durations = buildDurations(all);
        for (const percent of [50, 90]) {
          const exact = exactQuantile(all, percent);
          const found = computeQuantile(durations, percent);
          expect(found).toBeGreaterThanOrEqual(exact);
          expect(found).toBeLessThanOrEqual(exact * (1 + quantileError));
        }
      }),
      seeded(),
    );
  });

  it('are those of HdrHistogram', () => {
    fc.assert(
      fc.property(
        fc.array(duration, { maxLength: 200 }),
        fc.integer({ min: 1, max: 100 }),
        (all, percent) => {
          const judge = new Int32Histogram(1, toUnits(Number.MAX_VALUE), 3);
          for (const ms of all) judge.recordValue(toUnits(ms));
          const durations = buildDurations(all);
          expect(countOf(durations)).toBe(judge.totalCount);
          expect(computeQuantile(durations, percent)).toBe(judge.getValueAtPercentile(percent));
        },
      ),
      seeded(),
    );
  });

  it('are exact to the hundredth of a day up to 20 days', () => {
    expect(computeQuantile(buildDurations([20.47 * dayMs]), 90)).toBe(2_047);
  });

  it('of nothing are 0', () => expect(computeQuantile(createDurations(), 50)).toBe(0));

  it('are the same whether counted together or apart', () => {
    fc.assert(
      fc.property(fc.array(duration), fc.array(duration), (some, others) => {
        const apart = sumDurations([buildDurations(some), buildDurations(others)]);
        const all = buildDurations([...some, ...others]);
        expect(countOf(apart)).toBe(countOf(all));
        expect(computeQuantile(apart, 90)).toBe(computeQuantile(all, 90));
      }),
      seeded(),
    );
  });
});

describe('the count of longer ones', () => {
  it('is exact for a quantile', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1 }), fc.array(duration), (past, present) => {
        const bound = computeQuantile(buildDurations(past), 90);
        const longer = present.filter((ms) => toUnits(ms) > bound);
        expect(countLonger(buildDurations(present), bound)).toBe(longer.length);
      }),
      seeded(),
    );
  });
});

describe('a duration', () => {
  it('is shown in days with three figures', () => {
    expect([0, 0.004, 0.26, 9.871, 45.03, 118.4, 1_234].map((days) => toDays(toUnits(days * dayMs)))).toEqual(
      [0, 0, 0.26, 9.87, 45, 118, 1_230],
    );
  });

  it('of more than a century counts as a century', () => {
    const durations = buildDurations([300 * 365 * dayMs]);
    expect(toDays(computeQuantile(durations, 50))).toBe(36_500);
  });
});
