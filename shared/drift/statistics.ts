/**
 * Returns the value that a standard normal variable exceeds with a probability, by formula 26.2.23 of Abramowitz and
 * Stegun (1964), whose error is below 0.0005.
 *
 * @param tail above 0, at most 0.5
 */
export const computeNormalQuantile = (tail: number): number => {
  const t = Math.sqrt(-2 * Math.log(tail));
  return (
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t ** 2) / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3)
  );
};

/**
 * Returns the value that chi-squared exceeds with a probability, by the approximation of Wilson and Hilferty (1931).
 *
 * @param degrees of freedom, at least 1
 */
export const computeChiSquared = (degrees: number, tail: number): number => {
  const part = 2 / (9 * degrees);
  return degrees * (1 - part + computeNormalQuantile(tail) * Math.sqrt(part)) ** 3;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Returns the population stability index Σ (q − p) ln(q / p) over the shares of bins. An empty bin counts as half a lead,
 * so that the index stays finite.
 */
export const computeStability = (reference: readonly number[], current: readonly number[]): number => {
  const [n, m] = [sum(reference), sum(current)];
  return sum(
    reference.map((count, i) => {
      const p = Math.max(count, 0.5) / n;
      const q = Math.max(current[i] ?? 0, 0.5) / m;
      return (q - p) * Math.log(q / p);
    }),
  );
};

/** The area under the ROC curve, with the variance of its estimate. */
export interface Ranking {
  readonly area: number;
  readonly variance: number;
}

/** Returns the variance of the mean of values, each with the number of times that it occurs. */
const varianceOfMean = (
  values: readonly (readonly [value: number, times: number])[],
  mean: number,
): number => {
  const n = sum(values.map(([, times]) => times));
  return sum(values.map(([value, times]) => times * (value - mean) ** 2)) / (n * Math.max(1, n - 1));
};

/**
 * Returns how well scores tell winners from the others: the share of pairs in which the winner has the higher score,
 * ties counted half. Its variance is that of DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988), 837–845.
 *
 * @param counts leads and winners by ascending score, of which some won and some didn't
 */
export const computeRanking = (counts: readonly (readonly [leads: number, won: number])[]): Ranking => {
  const winners = sum(counts.map(([, won]) => won));
  const others = sum(counts.map(([leads, won]) => leads - won));
  let winnersBelow = 0;
  let othersBelow = 0;
  const placed = counts.map(([leads, won]) => {
    const ofWinner = (othersBelow + (leads - won) / 2) / others;
    const ofOther = 1 - (winnersBelow + won / 2) / winners;
    winnersBelow += won;
    othersBelow += leads - won;
    return { ofWinner: [ofWinner, won] as const, ofOther: [ofOther, leads - won] as const };
  });
  const area = sum(placed.map(({ ofWinner: [value, times] }) => value * times)) / winners;
  const variance =
    varianceOfMean(
      placed.map(({ ofWinner }) => ofWinner),
      area,
    ) +
    varianceOfMean(
      placed.map(({ ofOther }) => ofOther),
      area,
    );
  return { area, variance };
};
