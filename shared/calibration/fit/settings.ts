import { logLoss } from '../math.ts';
import { fitPlatt } from './platt.ts';
import { computeEffects, computeMargins, type Effects, refineEffects } from './refine.ts';
import { fitStrengths, type Sample, type Strengths, type Weighed } from './strengths.ts';

/** The distance that a fit may keep from naive Bayes; both are chosen by how well later time is foretold. */
export interface Settings {
  readonly ridge: number;
  /** The leads that hold each bin to its evidence; infinite if bins don't move. */
  readonly held: number;
}

/** From naive Bayes to the classic scorecard. */
const ridges = [1e6, 1, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0];
const holds = [Number.POSITIVE_INFINITY, 1_000, 300, 100, 30];

/** Fits the effects of all bins. */
export const fitEffects = (
  weighed: readonly Weighed[],
  sample: Sample,
  { ridge, held }: Settings,
): Effects => {
  const effects = computeEffects(weighed, fitStrengths(weighed, sample, ridge));
  return held === Number.POSITIVE_INFINITY ? effects : refineEffects(weighed, effects, sample, held);
};

/** Leads to fit on and the next ones in time, on which a fit is judged. */
export interface Fold {
  readonly weighed: readonly Weighed[];
  readonly fit: Sample;
  readonly next: Sample;
}

/** Returns the log loss of each lead of the next time, after the usual rate of that time is allowed for. */
const computeLosses = ({ weighed, next }: Fold, effects: Effects): Float64Array => {
  const margins = computeMargins(weighed, effects, next.indexes);
  const outcomes = Uint8Array.from(next.indexes, (i) => next.outcomes[i] as number);
  const { a, b } = fitPlatt(margins, outcomes);
  return margins.map((margin, k) => logLoss(a * margin + b, outcomes[k] === 1));
};

/** Losses that are so few standard errors above the least are as good. */
const asGood = 0.25;

/** Returns the index of the first losses that are as good as the best ones. */
const chooseFirst = (candidates: readonly (readonly Float64Array[])[]): number => {
  const sums = candidates.map((folds) =>
    folds.reduce((sum, losses) => sum + losses.reduce((all, loss) => all + loss, 0), 0),
  );
  const best = candidates[sums.indexOf(Math.min(...sums))] ?? [];
  return candidates.findIndex((folds) => {
    let [sum, squares] = [0, 0];
    for (const [f, losses] of folds.entries()) {
      const least = best[f] as Float64Array;
      for (let i = 0; i < losses.length; i++) {
        const more = (losses[i] as number) - (least[i] as number);
        sum += more;
        squares += more * more;
      }
    }
    return sum <= asGood * Math.sqrt(squares);
  });
};

const fitRidges = ({ weighed, fit }: Fold): Strengths[] => {
  const fitted: Strengths[] = [];
  for (const ridge of ridges) fitted.push(fitStrengths(weighed, fit, ridge, fitted.at(-1)));
  return fitted;
};

/**
 * Chooses how far the fit may leave naive Bayes by the log loss on later time: first the ridge of the strengths, then by
 * how many leads bins are held to their evidence. Among settings that are as good, the one nearer to naive Bayes is taken.
 */
export const chooseSettings = (folds: readonly Fold[]): Settings => {
  const fitted = folds.map(fitRidges);
  const effectsOf = (fold: number, ridge: number): Effects =>
    computeEffects(folds[fold]?.weighed ?? [], fitted[fold]?.[ridge] as Strengths);
  const ridge = chooseFirst(
    ridges.map((_, r) => folds.map((fold, f) => computeLosses(fold, effectsOf(f, r)))),
  );
  const held = chooseFirst(
    holds.map((leads) =>
      folds.map((fold, f) => {
        const effects = effectsOf(f, ridge);
        return computeLosses(
          fold,
          leads === Number.POSITIVE_INFINITY
            ? effects
            : refineEffects(fold.weighed, effects, fold.fit, leads),
        );
      }),
    ),
  );
  return { ridge: ridges[ridge] ?? 0, held: holds[held] ?? Number.POSITIVE_INFINITY };
};
