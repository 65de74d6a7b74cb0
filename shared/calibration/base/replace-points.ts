import type { Tally } from '../columns/tally.ts';
import type { Criterion } from '../document/criteria.ts';
import { clamp } from '../math.ts';
import { capOf } from './read-criteria.ts';

const toPercent = (share: number): number => Math.round(share * 1_000) / 10;

const round = (value: number): number => clamp(Math.round(value), -1_000, 1_000) + 0;

/** Replaces made-up figures beside points by measured ones. */
const withFigures = <T extends object>(details: T, { leads, successes }: Tally, bin: number) => {
  const count = leads[bin] as number;
  const { example, churnPercent, ...words } = details as T & { example?: boolean; churnPercent?: number };
  return {
    ...words,
    ...(example !== true && churnPercent !== undefined && { churnPercent }),
    ...(count > 0 && { successPercent: toPercent((successes[bin] as number) / count) }),
    leads: count,
  } as T;
};

/** Returns the points for each time: the line through none that comes nearest to the effects. */
const fitTimes = (points: Float64Array, { leads }: Tally): number => {
  let [both, squares] = [0, 0];
  for (const [times, one] of points.entries()) {
    both += (leads[times] as number) * times * one;
    squares += (leads[times] as number) * times * times;
  }
  return squares > 0 ? both / squares : 0;
};

/** A criterion has to give a point at least: one that gives none is a mistake to whoever reads it. */
const atLeastOne = (points: number, towards: number): number =>
  points === 0 ? (towards < 0 ? -1 : 1) : points;

/**
 * Replaces the points of a criterion; its id, words and bounds stay.
 *
 * @param points by bin, not yet whole; those of bin 0 are 0
 */
export const replacePoints = (criterion: Criterion, points: Float64Array, tally: Tally): Criterion => {
  const most = points.reduce((best, one) => (Math.abs(one) > Math.abs(best) ? one : best), 0);
  const only = points.indexOf(most);
  const allZero = points.every((one) => round(one) === 0);
  const wholeAt = (bin: number): number =>
    allZero && bin === Math.max(1, only) ? atLeastOne(0, most) : round(points[bin] as number);
  if ('when' in criterion) return { ...criterion, points: wholeAt(1) };
  if ('bands' in criterion) {
    const up = criterion.bands.toSorted((a, b) => a.from - b.from);
    return {
      ...criterion,
      bands: criterion.bands.map((band) => {
        const bin = up.indexOf(band) + 1;
        return { ...withFigures(band, tally, bin), points: wholeAt(bin) };
      }),
    };
  }
  if ('table' in criterion) {
    const names = Object.entries(criterion.table);
    const others = wholeAt(names.length + 1);
    const { otherwise: _before, ...rest } = criterion;
    return {
      ...rest,
      table: Object.fromEntries(
        names.map(([name, entry], i) => [
          name,
          {
            ...withFigures(typeof entry === 'number' ? { points: entry } : entry, tally, i + 1),
            points: wholeAt(i + 1),
          },
        ]),
      ),
      ...(others !== 0 && { otherwise: others }),
    };
  }
  const each = fitTimes(points, tally);
  const whole = atLeastOne(round(each), each);
  const max = clamp(Math.abs(whole) * capOf(criterion.points, criterion.max), 1, 1_000);
  return { ...criterion, points: whole, max };
};
