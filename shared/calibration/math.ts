export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Returns the log odds of a probability that is neither 0 nor 1. */
export const logit = (p: number): number => Math.log(p / (1 - p));

/** Limits a number to a range. */
export const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value));

/** Returns the log loss of a margin in log odds, without overflow. */
export const logLoss = (margin: number, outcome: boolean): number => {
  const m = outcome ? -margin : margin;
  return m > 0 ? m + Math.log1p(Math.exp(-m)) : Math.log1p(Math.exp(m));
};

/**
 * Returns the one-sided lower bound of a rate by Wilson's score interval (1927); by default that of 95 %.
 *
 * @param z the quantile of the normal distribution
 */
export const computeLowerBound = (successes: number, leads: number, z = 1.645): number => {
  if (leads === 0) return 0;
  const rate = successes / leads;
  const spread = z * Math.sqrt((rate * (1 - rate)) / leads + (z * z) / (4 * leads * leads));
  return (rate + (z * z) / (2 * leads) - spread) / (1 + (z * z) / leads);
};

/** Returns the one-sided upper bound of a rate, as `computeLowerBound` does the lower one. */
export const computeUpperBound = (successes: number, leads: number): number =>
  1 - computeLowerBound(leads - successes, leads);

/** Returns the value below which a share of sorted values lies. */
export const quantileOf = (sorted: ArrayLike<number>, share: number): number => {
  const at = clamp(Math.floor(share * sorted.length), 0, sorted.length - 1);
  return sorted[at] ?? Number.NaN;
};

/**
 * Returns the value that chi-squared exceeds in one of 100 cases, by the approximation of Wilson and Hilferty (1931).
 *
 * @param degrees of freedom, at least 1
 */
export const computeChiSquared99 = (degrees: number): number => {
  const part = 2 / (9 * degrees);
  return degrees * (1 - part + 2.326 * Math.sqrt(part)) ** 3;
};
