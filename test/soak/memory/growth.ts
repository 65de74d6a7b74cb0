import type { Sample } from './samples.ts';

/** The time in which functions start and caches fill, in milliseconds; memory is not measured in it. */
const warmUpMs = 20_000;
const leastSamples = 20;
const minuteMs = 60_000;

/** Returns the slope of the line that fits points best, by least squares: its rise in one unit of `x`. */
const computeSlope = (points: readonly (readonly [x: number, y: number])[]): number => {
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return variance === 0 ? 0 : covariance / variance;
};

/** The growth of memory in one life of the stack, after its warm-up. */
export interface Growth {
  readonly life: number;
  /** The time that was measured, in seconds. */
  readonly seconds: number;
  /** Megabytes a minute. */
  readonly stack: number;
  readonly engine: number;
  /** Megabytes a minute in the second half of that time. */
  readonly stackLater: number;
  readonly engineLater: number;
  /** Megabytes at the end of it. */
  readonly stackMb: number;
  readonly engineMb: number;
  /** Megabytes in the middle of each minute, those of the warm-up included. */
  readonly stackByMinute: readonly number[];
}

const rise = (samples: readonly Sample[], of: (sample: Sample) => number): number =>
  computeSlope(samples.map((sample) => [sample.at / minuteMs, of(sample)]));

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const byMinute = (samples: readonly Sample[], of: (sample: Sample) => number): number[] => {
  const beganAt = samples[0]?.at ?? 0;
  const minutes = Map.groupBy(samples, ({ at }) => Math.floor((at - beganAt) / minuteMs));
  return [...minutes.values()].map((inMinute) => median(inMinute.map(of)));
};

const computeGrowth = (life: number, samples: readonly Sample[]): Growth[] => {
  const [first] = samples;
  const warm = samples.filter(({ at }) => at - (first?.at ?? 0) >= warmUpMs);
  const last = warm.at(-1);
  const begin = warm[0];
  if (begin === undefined || last === undefined || warm.length < leastSamples) return [];
  const later = warm.slice(Math.floor(warm.length / 2));
  return [
    {
      life,
      seconds: (last.at - begin.at) / 1_000,
      stack: rise(warm, ({ stackMb }) => stackMb),
      engine: rise(warm, ({ engineMb }) => engineMb),
      stackLater: rise(later, ({ stackMb }) => stackMb),
      engineLater: rise(later, ({ engineMb }) => engineMb),
      stackMb: last.stackMb,
      engineMb: last.engineMb,
      stackByMinute: byMinute(samples, ({ stackMb }) => stackMb),
    },
  ];
};

/** Returns the growth of each life that lasted long enough to measure, the longest first. */
export const findGrowths = (samples: readonly Sample[]): readonly Growth[] =>
  [...Map.groupBy(samples, ({ life }) => life)]
    .flatMap(([life, ofLife]) => computeGrowth(life, ofLife))
    .sort((a, b) => b.seconds - a.seconds);
