import type { ModelDocument } from '../scoring/index.ts';
import { compileBuilt, scoreRows, withThresholds } from './apply.ts';
import type { Built } from './build-from.ts';
import { fitPlatt, type Line } from './fit/platt.ts';
import { type Job, pick } from './job.ts';
import { type FoundThreshold, findThresholds, orderThresholds, translateThreshold } from './tiers.ts';

const defaultTargets = { excellent: 3, good: 2, risky: 1 };

/** Finds the line by which one document's scores follow from another's on the same leads. */
const fitScores = (from: Float64Array, to: Float64Array): Line => {
  const n = from.length;
  const [meanFrom, meanTo] = [from, to].map((scores) => scores.reduce((sum, one) => sum + one, 0) / n) as [
    number,
    number,
  ];
  let [both, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    both += ((from[i] as number) - meanFrom) * ((to[i] as number) - meanTo);
    squares += ((from[i] as number) - meanFrom) ** 2;
  }
  const a = squares > 0 && both > 0 ? both / squares : 1;
  return { a, b: meanTo - a * meanFrom };
};

/** The results of the calibration time: thresholds, and the probability of a score. */
export interface Calibrated {
  readonly thresholds: readonly FoundThreshold[];
  readonly probability: Line;
}

/** Translates what was calibrated for one document to another that is used in its place. */
export const translate = (
  { thresholds, probability }: Calibrated,
  from: Float64Array,
  to: Float64Array,
): Calibrated => {
  const line = fitScores(from, to);
  const move = (score: number): number => translateThreshold(score, from, to);
  return {
    thresholds: thresholds.map((one) => ({
      ...one,
      from: move(one.from),
      interval: one.interval && [move(one.interval[0]), move(one.interval[1])],
    })),
    probability: { a: probability.a / line.a, b: probability.b - (probability.a * line.b) / line.a },
  };
};

/** Finds the thresholds and the probability by outcomes of the calibration time. */
export const calibrateScores = (job: Job, built: Built): Calibrated => {
  const scores = scoreRows(built.model, job.rows, job.split.calibrate);
  const outcomes = pick(job.outcomes, job.split.calibrate);
  const targets = job.options.targets ?? defaultTargets;
  return {
    thresholds: findThresholds(scores, outcomes, targets, job.random),
    probability: fitPlatt(scores, outcomes),
  };
};

const fieldThresholds = ({ thresholds }: Calibrated, scores: Float64Array) => {
  const of = Object.fromEntries(thresholds.map(({ tier, from }) => [tier, from])) as Record<
    FoundThreshold['tier'],
    number
  >;
  return orderThresholds(
    of,
    scores.reduce((a, b) => Math.min(a, b), 100),
    scores.reduce((a, b) => Math.max(a, b), 0),
  );
};

/** Puts thresholds into a document and checks it once more. */
export const finish = (
  job: Job,
  { document, model }: Built,
  calibrated: Calibrated,
  indexes: Int32Array,
): ModelDocument => {
  const done = withThresholds(document, fieldThresholds(calibrated, scoreRows(model, job.rows, indexes)));
  compileBuilt(done);
  return done;
};
