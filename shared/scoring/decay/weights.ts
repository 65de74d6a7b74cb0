import type { Decay } from '../document/decay.ts';

/** The weight of a fact that isn't old yet. All weights are whole numbers, so that their sums are exact in any order. */
export const fullWeight = 2 ** 30;

/** The age in hours from which no fact has a weight: a year. Counts of earlier days aren't stored. */
export const oldestAge = 365 * 24;

/** The weights by age in hours; older facts have none. They never rise with age. */
export type Weights = Int32Array;

/**
 * Returns 2^(-1/halfLife). The exponent is taken apart into halves, quarters and so on, whose powers are multiplied.
 * Multiplication and square root are exactly rounded on every machine, while `Math.pow` may differ from one to the next,
 * and a ledger must give the same scores on all.
 */
const computeHourlyFactor = (halfLife: number): number => {
  let left = 1;
  let factor = 1;
  let root = Math.sqrt(0.5);
  for (let i = 0; i < 52 && left > 0; i++) {
    left *= 2;
    if (left >= halfLife) {
      left -= halfLife;
      factor *= root;
    }
    root = Math.sqrt(root);
  }
  return factor;
};

/**
 * Returns the function that halves `fullWeight` with every half-life, in hours, and rounds down. A half-life begins with
 * a power of two, so that its weights are exact there and errors don't add up from one to the next.
 */
const createHalving = (halfLife: number): ((age: number) => number) => {
  const hourly = computeHourlyFactor(halfLife);
  const factors = new Float64Array(halfLife).fill(1);
  for (let age = 1; age < halfLife; age++) factors[age] = (factors[age - 1] as number) * hourly;
  return (age) => {
    const halvings = Math.floor(age / halfLife);
    return halvings > 30 ? 0 : Math.floor((factors[age % halfLife] as number) * (fullWeight >>> halvings));
  };
};

/** Returns the function that weighs a fact by its age in hours. */
const createWeigh = (decay: Decay): ((age: number) => number) => {
  if ('halfLifeDays' in decay) return createHalving(decay.halfLifeDays * 24);
  if ('linearDays' in decay) {
    const end = decay.linearDays * 24;
    return (age) => (age < end ? Math.floor((fullWeight * (end - age)) / end) : 0);
  }
  const { percent, everyDays } = decay;
  return (age) => {
    const losses = Math.floor(age / (everyDays * 24));
    return Math.floor(fullWeight * Math.max(0, 1 - (percent / 100) * losses));
  };
};

const computeWeights = (decay: Decay): Weights => {
  const weigh = createWeigh(decay);
  const weights = new Int32Array(oldestAge);
  let least = fullWeight;
  for (let age = 0; age < oldestAge; age++) {
    // Rounding must not let a weight rise: the search for the next change relies on it.
    least = Math.min(least, weigh(age));
    weights[age] = least;
  }
  return weights;
};

const known = new Map<string, Weights>();

/** Returns the weights of a shape of decay. They are computed once for each shape. */
export const weightsOf = (decay: Decay): Weights => {
  const key = JSON.stringify(Object.entries(decay).sort());
  const weights = known.get(key) ?? computeWeights(decay);
  known.set(key, weights);
  return weights;
};

/** Returns the weight at an age in hours. A fact that is later than the evaluation counts in full. */
export const weightAt = (weights: Weights, age: number): number =>
  age >= oldestAge ? 0 : (weights[Math.max(0, age)] as number);
