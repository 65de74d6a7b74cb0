/** A share with its 95 % confidence interval, each 0 to 1. */
export interface Proportion {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The standard normal quantile at 0.975. */
const z = 1.959963984540054;

/**
 * Returns a proportion with its Wilson score interval, without continuity correction. Unlike `share ± 1.96 × error`,
 * the interval is valid for small numbers too, never leaves 0 to 1, and isn't empty at either end.
 *
 * Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
 * Statistical Association 22 (1927), 209–212; as method 3 in R. G. Newcombe, Two-sided confidence intervals for the
 * single proportion, Statistics in Medicine 17 (1998), 857–872.
 *
 * @returns null if there are no cases
 */
export const computeProportion = (hits: number, cases: number): Proportion | null => {
  if (cases === 0) return null;
  const share = hits / cases;
  const middle = share + z ** 2 / (2 * cases);
  const reach = z * Math.sqrt((share * (1 - share)) / cases + z ** 2 / (4 * cases ** 2));
  const scale = 1 + z ** 2 / cases;
  // The ends are exact where nothing or everything hits; rounding must not push them past.
  return {
    share,
    low: hits === 0 ? 0 : (middle - reach) / scale,
    high: hits === cases ? 1 : (middle + reach) / scale,
  };
};
