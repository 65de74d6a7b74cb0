import { compileModel, type ModelDocument, type ScoringModel } from '../scoring/index.ts';
import { scoreRows } from './apply.ts';
import type { Built } from './build-from.ts';
import type { Calibrated } from './calibrate-scores.ts';
import { type Judged, measure } from './figures/measure.ts';
import { fitPlatt, type Line } from './fit/platt.ts';
import { computeMargins } from './fit/refine.ts';
import { type Job, pick } from './job.ts';
import { sigmoid } from './math.ts';
import { rivals } from './rivals.ts';
import type { Performance } from './types.ts';

const judgeBy = (scores: Float64Array, { a, b }: Line, outcomes: Uint8Array): Judged => ({
  scores,
  probabilities: scores.map((score) => sigmoid(a * score + b)),
  outcomes,
});

/** The documents that were learnt until the calibration time and until the test time, and the model in use. */
export interface Compared {
  readonly first: Built;
  readonly last: Built;
  readonly calibrated: Calibrated;
  readonly inUse: ModelDocument | undefined;
}

/** Measures the document and what it is compared with on the test time. */
export const compareAll = (job: Job, { first, last, calibrated, inUse }: Compared): Performance[] => {
  const { rows, split, random } = job;
  const outcomes = pick(job.outcomes, split.test);
  const known = pick(job.outcomes, split.calibrate);
  const ofRival = (name: keyof typeof rivals): Performance => {
    const earlier = computeMargins(
      first.learnt.weighed,
      rivals[name](first.learnt.weighed, first.sample),
      split.calibrate,
    );
    const margins = computeMargins(
      last.learnt.weighed,
      rivals[name](last.learnt.weighed, last.sample),
      split.test,
    );
    return measure(name, judgeBy(margins, fitPlatt(earlier, known), outcomes), random);
  };
  const ofModel = (name: Performance['name'], model: ScoringModel, line: Line): Performance =>
    measure(name, judgeBy(scoreRows(model, rows, split.test), line, outcomes), random);
  const used = inUse && compileModel(inUse);
  return [
    ofModel('document', last.model, calibrated.probability),
    ofRival('naive Bayes'),
    ofRival('logistic regression'),
    ...(used === undefined
      ? []
      : [ofModel('model in use', used, fitPlatt(scoreRows(used, rows, split.calibrate), known))]),
  ];
};
