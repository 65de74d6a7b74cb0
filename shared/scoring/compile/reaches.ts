/** Sums of decimal weights miss what they should come to by less than this: 0.7 + 0.1 is not 0.8. */
const tolerance = 1e-9;

/** Returns whether a sum of weights reaches a threshold. */
export const reaches = (sum: number, threshold: number): boolean => sum >= threshold - tolerance;
