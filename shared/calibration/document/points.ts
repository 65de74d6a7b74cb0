import type { Effects } from '../fit/refine.ts';
import type { Sample, Weighed } from '../fit/strengths.ts';
import type { Pointed } from './criteria.ts';

/** The columns of a dimension in whole points. */
export interface PointedDimension {
  readonly columns: readonly Pointed[];
  readonly base: number;
  /** The log odds between the least and the greatest sum of points of the leads. */
  readonly span: number;
}

/** Returns what bins add to the log odds of a lead of which nothing is known. */
const overUnknown = (effects: Float64Array): Float64Array =>
  effects.map((effect) => effect - (effects[0] as number));

/**
 * Turns effects into whole points. The least and the greatest sum of the leads become 0 and 100, with that of a lead of
 * which nothing is known in between, so that the whole scale is used; what is not known gives 0.
 */
export const computeWholePoints = (
  weighed: readonly Weighed[],
  effects: Effects['effects'],
  { indexes }: Sample,
): PointedDimension => {
  const added = effects.map(overUnknown);
  let [least, greatest] = [0, 0];
  for (const i of indexes) {
    let sum = 0;
    for (const [j, { column }] of weighed.entries()) sum += added[j]?.[column.bins[i] as number] as number;
    least = Math.min(least, sum);
    greatest = Math.max(greatest, sum);
  }
  const span = greatest - least;
  const scale = span > 0 ? 100 / span : 0;
  return {
    columns: weighed.map((one, j) => ({
      weighed: one,
      // Adding 0 turns -0 into 0.
      points: Array.from(added[j] as Float64Array, (effect) => Math.round(effect * scale) + 0),
    })),
    base: Math.round(-least * scale) + 0,
    span,
  };
};
