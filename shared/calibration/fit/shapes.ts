import { poolViolators } from '../columns/pool.ts';
import type { Tally } from '../columns/tally.ts';
import { logit, sigmoid } from '../math.ts';

/** The ways in which evidence follows numbers: in steps, on a line by value or by rank, or as it comes in each bin. */
const shapes = ['steps', 'line by value', 'line by rank', 'free'] as const;
export type Shape = (typeof shapes)[number];

/** Shapes with the shares that they have in the evidence, which sum to 1. */
export type Mix = readonly { readonly shape: Shape; readonly share: number }[];

/** The pseudo-leads with the usual rate of success that are added to each bin, so that few leads say little. */
const pseudoLeads = 20;

/**
 * Returns the weight of evidence of each bin: the log odds of its rate of success less those of all, shrunk by
 * pseudo-leads with the usual rate (Good 1950; the shrinkage is the m-estimate of Cestnik 1990).
 *
 * @param base the rate of success of all leads, neither 0 nor 1
 */
export const weighBins = ({ leads, successes }: Tally, base: number): Float64Array =>
  leads.map(
    (count, bin) =>
      logit(((successes[bin] as number) + pseudoLeads * base) / (count + pseudoLeads)) - logit(base),
  );

const weighSteps = (tally: Tally, base: number, from: number, direction: 1 | -1): Float64Array => {
  const evidence = weighBins(tally, base);
  const bins = Array.from(tally.leads.subarray(from), (leads, i) => ({
    first: from + i,
    last: from + i,
    leads,
    successes: tally.successes[from + i] as number,
  }));
  for (const { first, last, leads, successes } of poolViolators(bins, direction)) {
    const rate = (successes + pseudoLeads * base) / (leads + pseudoLeads);
    evidence.fill(logit(rate) - logit(base), first, last + 1);
  }
  return evidence;
};

const mostSteps = 30;

/** Fits the log odds of bins as a line by Newton steps; the slope is held to 0 by some pseudo-leads. */
const fitLine = ({ leads, successes }: Tally, places: readonly number[], base: number, from: number) => {
  let constant = logit(base);
  let slope = 0;
  const pull = pseudoLeads * base * (1 - base);
  for (let step = 0; step < mostSteps; step++) {
    let [g0, g1, h00, h01, h11] = [0, pull * slope, 1e-9 + pull, 0, 1e-9 + pull];
    g0 += pull * (constant - logit(base));
    for (let bin = from; bin < leads.length; bin++) {
      const x = places[bin] as number;
      const n = leads[bin] as number;
      const p = sigmoid(constant + slope * x);
      const residual = n * p - (successes[bin] as number);
      const curvature = n * p * (1 - p);
      g0 += residual;
      g1 += residual * x;
      h00 += curvature;
      h01 += curvature * x;
      h11 += curvature * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    const [d0, d1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    const size = Math.max(Math.abs(d0), Math.abs(d1));
    const damp = size > 2 ? 2 / size : 1;
    constant -= damp * d0;
    slope -= damp * d1;
    if (size < 1e-6) break;
  }
  return { constant, slope };
};

/** Returns places with mean 0 and spread 1 over the leads. */
const standardise = (places: readonly number[], leads: Float64Array, from: number): number[] => {
  let [n, sum, squares] = [0, 0, 0];
  for (let bin = from; bin < leads.length; bin++) {
    n += leads[bin] as number;
    sum += (leads[bin] as number) * (places[bin] as number);
  }
  const mean = sum / Math.max(n, 1);
  for (let bin = from; bin < leads.length; bin++) {
    squares += (leads[bin] as number) * ((places[bin] as number) - mean) ** 2;
  }
  const spread = Math.sqrt(squares / Math.max(n, 1));
  return places.map((place) => (spread > 0 ? (place - mean) / spread : 0));
};

const weighLine = (tally: Tally, base: number, from: number, places: readonly number[]): Float64Array => {
  const evidence = weighBins(tally, base);
  const standard = standardise(places, tally.leads, from);
  const { constant, slope } = fitLine(tally, standard, base, from);
  for (let bin = from; bin < evidence.length; bin++) {
    evidence[bin] = constant + slope * (standard[bin] as number) - logit(base);
  }
  return evidence;
};

const computeRanks = ({ leads }: Tally): number[] => {
  let before = 0;
  return Array.from(leads, (count) => {
    before += count;
    return before - count / 2;
  });
};

export interface OrderedBins {
  /** The first bin that is in order. */
  readonly from: 0 | 1;
  /** The mean value of each bin. */
  readonly means: readonly number[];
  readonly direction: 1 | -1;
}

/** Returns the evidence of ordered bins by a shape. */
export const weighShape = (
  shape: Shape,
  tally: Tally,
  base: number,
  { from, means, direction }: OrderedBins,
): Float64Array => {
  switch (shape) {
    case 'steps':
      return weighSteps(tally, base, from, direction);
    case 'line by value':
      return weighLine(tally, base, from, means);
    case 'line by rank':
      return weighLine(tally, base, from, computeRanks(tally));
    case 'free':
      return weighBins(tally, base);
    default:
      return shape satisfies never;
  }
};

/** Returns the evidence of ordered bins by several shapes together. */
export const weighMix = (mix: Mix, tally: Tally, base: number, bins: OrderedBins): Float64Array => {
  const sum = new Float64Array(tally.leads.length);
  for (const { shape, share } of mix) {
    for (const [bin, weight] of weighShape(shape, tally, base, bins).entries()) {
      sum[bin] = (sum[bin] as number) + share * weight;
    }
  }
  return sum;
};
