import type { Column, Order } from '../columns/bin-source.ts';
import { logit, sigmoid } from '../math.ts';

/** A column with the weight of evidence of each bin. */
export interface Weighed {
  readonly column: Column;
  readonly evidence: Float64Array;
  /** The order in which the evidence of numbers stays; undefined if in none. */
  readonly monotone: Order | undefined;
  /** The strength that it has in naive Bayes: 1; 0 for one that repeats what another says. */
  readonly prior: number;
}

export interface Sample {
  readonly outcomes: Uint8Array;
  readonly indexes: Int32Array;
}

/** Strengths of the columns, which multiply their evidence, and the log odds of a lead without evidence. */
export interface Strengths {
  readonly strengths: Float64Array;
  readonly constant: number;
}

const mostSteps = 25;
const mostSweeps = 200;
const smallest = 1e-4;
/** The most that a strength or the constant moves in one step, so that steps don't run away from outcomes that are all but certain. */
const longestStep = 2;

/** Returns the rate of success of some leads. */
export const computeBaseRate = ({ outcomes, indexes }: Sample): number => {
  let successes = 0;
  for (const i of indexes) successes += outcomes[i] as number;
  return successes / indexes.length;
};

/** Computes the margins, in log odds, of the leads of a sample, in its order. */
const computeMargins = (weighed: readonly Weighed[], sample: Sample, { strengths, constant }: Strengths) => {
  const margins = new Float64Array(sample.indexes.length).fill(constant);
  for (const [j, { column, evidence }] of weighed.entries()) {
    const strength = strengths[j] as number;
    if (strength === 0) continue;
    const { indexes } = sample;
    for (let k = 0; k < indexes.length; k++) {
      margins[k] =
        (margins[k] as number) + strength * (evidence[column.bins[indexes[k] as number] as number] as number);
    }
  }
  return margins;
};

/** The loss near some strengths as a parabola: its slope and its curvature, the constant in the last place. */
interface Parabola {
  readonly slope: Float64Array;
  readonly curvature: readonly Float64Array[];
}

/** Sums up the slope and the curvature of the loss over a sample. */
const computeParabola = (weighed: readonly Weighed[], sample: Sample, margins: Float64Array): Parabola => {
  const { outcomes, indexes } = sample;
  const size = weighed.length + 1;
  const slope = new Float64Array(size);
  const curvature = Array.from({ length: size }, () => new Float64Array(size));
  const bins = weighed.map(({ column }) => column.bins);
  const evidence = weighed.map((one) => one.evidence);
  const x = new Float64Array(size).fill(1);
  for (let k = 0; k < indexes.length; k++) {
    const i = indexes[k] as number;
    const p = sigmoid(margins[k] as number);
    const residual = p - (outcomes[i] as number);
    const bend = p * (1 - p);
    for (let j = 0; j < size; j++) {
      if (j < size - 1) x[j] = (evidence[j] as Float64Array)[(bins[j] as Uint8Array)[i] as number] as number;
      const here = x[j] as number;
      if (here === 0) continue;
      slope[j] = (slope[j] as number) + residual * here;
      const row = curvature[j] as Float64Array;
      const weight = bend * here;
      for (let m = 0; m <= j; m++) row[m] = (row[m] as number) + weight * (x[m] as number);
    }
  }
  for (let j = 0; j < size; j++) {
    for (let m = 0; m < j; m++)
      (curvature[m] as Float64Array)[j] = (curvature[j] as Float64Array)[m] as number;
  }
  return { slope, curvature };
};

/**
 * Finds the least of a parabola within bounds, one coordinate at a time.
 *
 * @param bounds the least that each step may be
 * @returns the step to it
 */
const descend = ({ slope, curvature }: Parabola, bounds: Float64Array): Float64Array => {
  const step = new Float64Array(slope.length);
  const gradient = slope.slice();
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let largest = 0;
    for (let j = 0; j < step.length; j++) {
      const row = curvature[j] as Float64Array;
      const before = step[j] as number;
      const wanted = before - (gradient[j] as number) / ((row[j] as number) + 1e-9);
      const after = Math.max(bounds[j] as number, Math.min(longestStep, Math.max(-longestStep, wanted)));
      const moved = after - before;
      if (moved === 0) continue;
      step[j] = after;
      for (let m = 0; m < step.length; m++) {
        gradient[m] = (gradient[m] as number) + moved * (row[m] as number);
      }
      largest = Math.max(largest, Math.abs(moved));
    }
    if (largest < smallest / 10) break;
  }
  return step;
};

/**
 * Fits a logistic regression on weights of evidence: strengths of at least 0 with a ridge towards those of naive Bayes.
 * An infinite ridge is naive Bayes, none the classic credit scorecard. It minimises
 * Σ logloss + ridge · n / 2 · Σ (strength − prior)² by Newton steps, each solved one coordinate at a time (Friedman,
 * Hastie and Tibshirani 2010).
 *
 * @param start the strengths to begin with, such as those of a similar ridge
 */
export const fitStrengths = (
  weighed: readonly Weighed[],
  sample: Sample,
  ridge: number,
  start: Strengths = {
    strengths: Float64Array.from(weighed, ({ prior }) => prior),
    constant: logit(computeBaseRate(sample)),
  },
): Strengths => {
  const pull = ridge * sample.indexes.length;
  const strengths = start.strengths.slice();
  let { constant } = start;
  for (let n = 0; n < mostSteps; n++) {
    const { slope, curvature } = computeParabola(
      weighed,
      sample,
      computeMargins(weighed, sample, { strengths, constant }),
    );
    for (const [j, { prior }] of weighed.entries()) {
      slope[j] = (slope[j] as number) + pull * ((strengths[j] as number) - prior);
      const row = curvature[j] as Float64Array;
      row[j] = (row[j] as number) + pull;
    }
    const bounds = new Float64Array(slope.length).fill(-longestStep);
    for (const [j, strength] of strengths.entries()) bounds[j] = Math.max(-longestStep, -strength);
    const step = descend({ slope, curvature }, bounds);
    for (const j of strengths.keys())
      strengths[j] = Math.max(0, (strengths[j] as number) + (step[j] as number));
    constant += step.at(-1) as number;
    if (step.every((one) => Math.abs(one) < smallest)) break;
  }
  return { strengths, constant };
};
