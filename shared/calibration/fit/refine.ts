import { sigmoid } from '../math.ts';
import { computeBaseRate, type Sample, type Strengths, type Weighed } from './strengths.ts';

/** The log odds that each bin of each column adds. */
export interface Effects {
  readonly effects: readonly Float64Array[];
  readonly constant: number;
}

const mostSweeps = 25;
const smallest = 1e-3;

/** Makes values monotone by weighted isotonic regression (pooling adjacent violators), in place. */
const makeMonotone = (values: Float64Array, weights: Float64Array, order: Weighed['monotone']): void => {
  if (order === undefined) return;
  const pools: { from: number; weight: number; mean: number }[] = [];
  for (let bin: number = order.from; bin < values.length; bin++) {
    let pool = { from: bin, weight: weights[bin] as number, mean: values[bin] as number };
    for (let before = pools.at(-1); before !== undefined; before = pools.at(-1)) {
      if (order.direction * (pool.mean - before.mean) >= 0) break;
      pools.pop();
      const weight = before.weight + pool.weight;
      pool = {
        from: before.from,
        weight,
        mean: (before.mean * before.weight + pool.mean * pool.weight) / weight,
      };
    }
    pools.push(pool);
  }
  for (const [i, { from, mean }] of pools.entries()) values.fill(mean, from, pools[i + 1]?.from);
};

/** Returns the effects that strengths give: evidence times strength. */
export const computeEffects = (weighed: readonly Weighed[], { strengths, constant }: Strengths): Effects => ({
  effects: weighed.map(({ evidence }, j) => evidence.map((one) => one * (strengths[j] as number))),
  constant,
});

/** Computes the margins, in log odds, of some rows: column by column, which is faster than row by row. */
export const computeMargins = (
  weighed: readonly Weighed[],
  { effects, constant }: Effects,
  indexes: Int32Array,
): Float64Array => {
  const margins = new Float64Array(indexes.length).fill(constant);
  for (const [j, { column }] of weighed.entries()) {
    const of = effects[j] as Float64Array;
    for (let k = 0; k < indexes.length; k++) {
      margins[k] = (margins[k] as number) + (of[column.bins[indexes[k] as number] as number] as number);
    }
  }
  return margins;
};

/**
 * Moves the effects of bins together, each held to what its evidence says as if by so many leads: evidence of one column
 * may be what another says too, in some bins more than in others. Numbers stay monotone. This is a generalised additive
 * model on bins with a ridge (Hastie and Tibshirani 1990), fitted column by column.
 *
 * @param held the leads that hold each bin to its evidence
 */
export const refineEffects = (
  weighed: readonly Weighed[],
  prior: Effects,
  sample: Sample,
  held: number,
): Effects => {
  const { outcomes, indexes } = sample;
  const base = computeBaseRate(sample);
  const pull = held * base * (1 - base);
  const effects = prior.effects.map((one) => one.slice());
  let { constant } = prior;
  const margins = computeMargins(weighed, prior, indexes);
  const moveColumn = ({ column: { bins, size }, monotone }: Weighed, j: number): number => {
    const of = effects[j] as Float64Array;
    const wanted = prior.effects[j] as Float64Array;
    const gradient = of.map((effect, bin) => pull * (effect - (wanted[bin] as number)));
    const curvature = new Float64Array(size).fill(pull + 1e-9);
    for (let k = 0; k < indexes.length; k++) {
      const i = indexes[k] as number;
      const bin = bins[i] as number;
      const p = sigmoid(margins[k] as number);
      gradient[bin] = (gradient[bin] as number) + p - (outcomes[i] as number);
      curvature[bin] = (curvature[bin] as number) + p * (1 - p);
    }
    const moved = of.map(
      (effect, bin) =>
        effect - Math.max(-1, Math.min(1, (gradient[bin] as number) / (curvature[bin] as number))),
    );
    makeMonotone(moved, curvature, monotone);
    const steps = moved.map((effect, bin) => effect - (of[bin] as number));
    of.set(moved);
    for (let k = 0; k < indexes.length; k++) {
      margins[k] = (margins[k] as number) + (steps[bins[indexes[k] as number] as number] as number);
    }
    return Math.max(...steps.map(Math.abs));
  };
  const moveConstant = (): void => {
    let gradient = 0;
    let curvature = 1e-9;
    for (let k = 0; k < indexes.length; k++) {
      const p = sigmoid(margins[k] as number);
      gradient += p - (outcomes[indexes[k] as number] as number);
      curvature += p * (1 - p);
    }
    const step = -gradient / curvature;
    for (let k = 0; k < margins.length; k++) margins[k] = (margins[k] as number) + step;
    constant += step;
  };
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    moveConstant();
    if (Math.max(0, ...weighed.map(moveColumn)) < smallest) break;
  }
  return { effects, constant };
};
