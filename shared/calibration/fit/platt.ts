import { clamp, logit, sigmoid } from '../math.ts';

/** The log odds of success as a line over scores: a · score + b. */
export interface Line {
  readonly a: number;
  readonly b: number;
}

const mostSteps = 50;

/**
 * Fits the probability of success as a logistic curve over scores (Platt 1999), with his targets, which keep it finite
 * when scores separate outcomes entirely.
 */
export const fitPlatt = (scores: ArrayLike<number>, outcomes: ArrayLike<number>): Line => {
  const n = scores.length;
  let won = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    won += outcomes[i] as number;
    sum += scores[i] as number;
  }
  const mean = sum / Math.max(n, 1);
  let spread = 0;
  for (let i = 0; i < n; i++) spread += ((scores[i] as number) - mean) ** 2;
  spread = Math.sqrt(spread / Math.max(n, 1));
  const [high, low] = [(won + 1) / (won + 2), 1 / (n - won + 2)];
  let constant = logit(clamp((won + 1) / (n + 2), 1e-6, 1 - 1e-6));
  let slope = 0;
  if (!(spread > 0)) return { a: 0, b: constant };
  for (let step = 0; step < mostSteps; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-9, 0, 1e-9];
    for (let i = 0; i < n; i++) {
      const x = ((scores[i] as number) - mean) / spread;
      const p = sigmoid(constant + slope * x);
      const residual = p - (outcomes[i] ? high : low);
      const curvature = p * (1 - p);
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
    if (size < 1e-8) break;
  }
  return { a: slope / spread, b: constant - (slope / spread) * mean };
};
