import type { Stage } from '../../events/index.ts';
import type { CompiledDimension, CompiledDisqualifier, ScoringModel } from './compile/model.ts';
import { computePoints } from './compile/rule.ts';
import type { Facts } from './facts.ts';
import { read } from './read.ts';
import { type Reading, yes } from './reading.ts';

export interface Evaluation {
  /** 0 to 100, two decimals: the mean of the dimensions, weighted by the stage's scorecard. */
  readonly score: number;
  /** 0 to 1, two decimals: the share of the scorecard's weight whose facts are known. */
  readonly coverage: number;
  /** 0 to 100 each, two decimals, in the order of the model's dimensions. */
  readonly dimensions: readonly number[];
  readonly disqualifier: CompiledDisqualifier | undefined;
  /** The values computed from the facts on the way. */
  readonly reading: Reading;
}

/** Limits points to 0 and 100. */
export const clampToHundred = (points: number): number => (points < 0 ? 0 : points > 100 ? 100 : points);

/** Rounds to two decimals: no model can justify more, and stored scores stay short. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** Finds the first disqualifier that holds. Nothing disqualifies a customer any more. */
const findDisqualifier = (
  model: ScoringModel,
  reading: Reading,
  stage: Stage,
): CompiledDisqualifier | undefined => {
  if (stage === 'customer') return undefined;
  for (const disqualifier of model.disqualifiers) {
    if (disqualifier.when(reading) === yes && disqualifier.unless?.(reading) !== yes) return disqualifier;
  }
  return undefined;
};

export interface DimensionSum {
  /** The base and the points of all criteria, not yet limited to 0 and 100. */
  readonly points: number;
  /** The span of the criteria whose facts are known. */
  readonly known: number;
}

export const sumUp = ({ base, criteria }: CompiledDimension, reading: Reading): DimensionSum => {
  let points = base;
  let known = 0;
  for (const criterion of criteria) {
    const given = computePoints(criterion, reading);
    if (given === undefined) continue;
    points += given;
    known += criterion.span;
  }
  return { points, known };
};

/** Combines the sums of the dimensions by the scorecard of a stage. */
const combine = (
  model: ScoringModel,
  reading: Reading,
  stage: Stage,
  sum: (dimension: CompiledDimension, index: number) => DimensionSum,
): Evaluation => {
  const shares = model.scorecards[stage];
  let score = 0;
  let coverage = 0;
  const dimensions = model.dimensions.map((dimension, i) => {
    const share = shares[i] ?? 0;
    const { points, known } = sum(dimension, i);
    const clamped = clampToHundred(points);
    score += share * clamped;
    coverage += share * (dimension.span === 0 ? 1 : known / dimension.span);
    return round(clamped);
  });
  return {
    score: round(clampToHundred(score)),
    coverage: round(Math.min(1, coverage)),
    dimensions,
    disqualifier: findDisqualifier(model, reading, stage),
    reading,
  };
};

/**
 * Scores facts at a stage.
 *
 * score = Σ weight(d, stage) × clamp(base(d) + Σ points, 0, 100), weights as shares;
 * coverage = Σ weight(d, stage) × (span of the criteria of d whose facts are known / span of all).
 *
 * @param at the instant of evaluation, in milliseconds since 1970; windows count whole UTC days back from it.
 */
export const evaluate = (model: ScoringModel, facts: Facts, stage: Stage, at: number): Evaluation => {
  const reading = read(model, facts, at);
  return combine(model, reading, stage, (dimension) => sumUp(dimension, reading));
};

/** The criteria that may give other points, by the indexes of dimensions and criteria. */
export type Affected = readonly (readonly boolean[])[];

/** Scores facts that differ from the first ones in what some criteria read. */
export type Reevaluate = (facts: Facts, affected: Affected) => Evaluation;

/**
 * Returns a function that scores facts which differ little from these, as `evaluate` does. Only the criteria that may be
 * affected are computed anew.
 */
export const createReevaluate = (model: ScoringModel, facts: Facts, stage: Stage, at: number): Reevaluate => {
  const first = read(model, facts, at);
  const points = model.dimensions.map(({ criteria }) => criteria.map((one) => computePoints(one, first)));
  const sums = model.dimensions.map((dimension) => sumUp(dimension, first));

  const sumAnew = (
    { base, criteria }: CompiledDimension,
    before: readonly (number | undefined)[],
    affected: readonly boolean[],
    reading: Reading,
  ): DimensionSum => {
    let sum = base;
    let known = 0;
    for (let i = 0; i < criteria.length; i++) {
      const criterion = criteria[i] as CompiledDimension['criteria'][number];
      const given = affected[i] ? computePoints(criterion, reading) : before[i];
      if (given === undefined) continue;
      sum += given;
      known += criterion.span;
    }
    return { points: sum, known };
  };

  return (changed, affected) => {
    const reading = read(model, changed, at);
    return combine(model, reading, stage, (dimension, i) => {
      const ofDimension = affected[i] ?? [];
      return ofDimension.includes(true)
        ? sumAnew(dimension, points[i] ?? [], ofDimension, reading)
        : (sums[i] as DimensionSum);
    });
  };
};
