import type { ScoreReason, Stage } from '../../events/index.ts';
import type { CompiledDimension, ScoringModel } from './compile.ts';
import { type Reading, type Truth, unknown, yes } from './compile-condition.ts';
import { pointsOf } from './compile-criterion.ts';
import { type Evaluation, evaluate, read, round } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { type Letter, letters } from './letters.ts';

/** A criterion that gave nothing so far, or less than it can. */
export interface Possibility {
  readonly dimension: string;
  readonly criterion: string;
  readonly text: string;
  /** What it gives now. */
  readonly given: number;
  /** The most points it could still add to its dimension. */
  readonly points: number;
  /** The most it could still move the score by at this stage, the dimension's cap of 100 regarded. */
  readonly weight: number;
  /** Whether what it asks for is known; if not, asking may change the score. */
  readonly known: boolean;
}

export interface DimensionExplanation {
  readonly dimension: string;
  readonly title: string;
  readonly score: number;
  /** Share of the stage's scorecard, 0 to 1. */
  readonly share: number;
  /** share × score: what it gives to the score. */
  readonly contribution: number;
  readonly coverage: number;
  readonly base: number;
  /** Points beyond 100, or below 0, which did not count. */
  readonly uncounted: number;
}

export interface Explanation {
  readonly stage: Stage;
  readonly modelVersion: string;
  readonly score: number;
  readonly coverage: number;
  readonly dimensions: readonly DimensionExplanation[];
  /** Every criterion that gave points, the heaviest first. */
  readonly counted: readonly ScoreReason[];
  /** Every criterion that could have given more, the heaviest first. */
  readonly possible: readonly Possibility[];
  readonly bant: Readonly<Record<Letter | 'met', 'pass' | 'fail' | 'unknown'>> | undefined;
  readonly disqualified: { disqualifier: string; class: string; text: string } | undefined;
}

const words = (truth: Truth): 'pass' | 'fail' | 'unknown' =>
  truth === unknown ? 'unknown' : truth === yes ? 'pass' : 'fail';

const byWeight = (a: { weight: number }, b: { weight: number }): number =>
  Math.abs(b.weight) - Math.abs(a.weight);

/** The criteria that gave points, heaviest first; those of equal weight in the model's order. */
export const reasonsOf = (model: ScoringModel, reading: Reading, stage: Stage): ScoreReason[] =>
  model.dimensions
    .flatMap((dimension, index) => {
      const share = model.scorecards[stage][index] ?? 0;
      return dimension.criteria.flatMap((criterion) => {
        const { id, text } = criterion;
        const given = pointsOf(criterion, reading);
        return Number.isNaN(given) || given === 0
          ? []
          : [{ dimension: dimension.id, criterion: id, text, points: given, weight: round(share * given) }];
      });
    })
    .sort(byWeight);

const possibilitiesOf = (dimension: CompiledDimension, share: number, reading: Reading): Possibility[] => {
  const given = dimension.criteria.map((criterion) => pointsOf(criterion, reading));
  const sum = given.reduce((total, points) => total + (Number.isNaN(points) ? 0 : points), dimension.base);
  const inRange = Math.max(0, Math.min(100, sum));
  return dimension.criteria.flatMap(({ id, text, best }, index) => {
    const points = given[index] as number;
    const now = Number.isNaN(points) ? 0 : points;
    const more = best - now;
    if (more <= 0) return [];
    const moved = Math.max(0, Math.min(100, sum + more)) - inRange;
    const known = !Number.isNaN(points);
    return [
      {
        dimension: dimension.id,
        criterion: id,
        text,
        given: now,
        points: more,
        weight: round(share * moved),
        known,
      },
    ];
  });
};

const explainDimension = (
  dimension: CompiledDimension,
  share: number,
  score: number,
  reading: Reading,
): DimensionExplanation => {
  let sum = dimension.base;
  let known = 0;
  for (const criterion of dimension.criteria) {
    const points = pointsOf(criterion, reading);
    if (Number.isNaN(points)) continue;
    sum += points;
    known += criterion.span;
  }
  return {
    dimension: dimension.id,
    title: dimension.title,
    score,
    share,
    contribution: round(share * score),
    coverage: dimension.span === 0 ? 1 : round(known / dimension.span),
    base: dimension.base,
    uncounted: round(sum - Math.max(0, Math.min(100, sum))),
  };
};

/** Says where a score comes from: what each dimension gave, every point that counts, every one that could have. */
export const explain = (model: ScoringModel, facts: Facts, stage: Stage, at: number): Explanation => {
  const evaluation: Evaluation = evaluate(model, facts, stage, at);
  const reading = read(model, facts, at);
  const shares = model.scorecards[stage];
  const { disqualifier } = evaluation;
  return {
    stage,
    modelVersion: model.version,
    score: evaluation.score,
    coverage: evaluation.coverage,
    dimensions: model.dimensions.map((dimension, i) =>
      explainDimension(dimension, shares[i] ?? 0, evaluation.dimensions[i] ?? 0, reading),
    ),
    counted: reasonsOf(model, reading, stage),
    possible: model.dimensions
      .flatMap((dimension, i) => possibilitiesOf(dimension, shares[i] ?? 0, reading))
      .sort(byWeight),
    bant: model.bant && {
      ...(Object.fromEntries(
        letters.map((letter, i) => [letter, words(reading.bant[i] ?? unknown)]),
      ) as Record<Letter, 'pass' | 'fail' | 'unknown'>),
      met: words(reading.bantMet),
    },
    disqualified: disqualifier && {
      disqualifier: disqualifier.id,
      class: disqualifier.class,
      text: disqualifier.text,
    },
  };
};
