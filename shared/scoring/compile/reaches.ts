/** The tolerance for sums of decimal weights, which are slightly inexact: 0.7 + 0.1 is not 0.8. */
const tolerance = 1e-9;

/** Returns whether a sum of weights reaches a threshold. */
export const reaches = (sum: number, threshold: number): boolean => sum >= threshold - tolerance;
