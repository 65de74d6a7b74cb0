import { expect, it } from 'vitest';
import { findGrowths } from './growth.ts';
import type { Sample } from './samples.ts';

const life = (number: number, seconds: number, stackMb: (second: number) => number): Sample[] =>
  Array.from({ length: seconds }, (_, second) => ({
    at: number * 10_000_000 + second * 1_000,
    life: number,
    stackMb: stackMb(second),
    engineMb: 20,
    backlog: 0,
    invocations: 0,
    errors: 0,
  }));

it('tells how memory grows after the warm-up of each long life, the longest life first', () => {
  const samples = [
    ...life(1, 30, () => 1),
    ...life(2, 80, (second) => (second < 20 ? 50 + second * 10 : 250 + second)),
    ...life(3, 140, (second) => Math.min(300, 200 + second * 2)),
  ];
  const growths = findGrowths(samples);
  expect(growths.map(({ life: number }) => number)).toEqual([3, 2]);
  expect(growths[1]?.stack).toBeCloseTo(60);
  expect(growths[1]?.engine).toBeCloseTo(0);
  expect(growths[0]?.stackLater).toBeCloseTo(0);
  expect(growths[0]?.stackMb).toBe(300);
  expect(growths[0]?.stackByMinute).toEqual([260, 300, 300]);
});
